/** Whether the packages are on npm. Until then, pages show how to install them from a clone. */
export const isPublished: boolean = false;
