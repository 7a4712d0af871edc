/** Memlane's sign, the same as on the docs site. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M8 24V8m8 16v-4m0-4v-2m0-4V8m8 16V8" />
    </svg>
  );
}
