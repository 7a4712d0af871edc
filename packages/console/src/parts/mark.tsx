/** Memlane's sign. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M8 22V11.5c0-2 2.6-2.6 3.6-.9L16 18l4.4-7.4c1-1.7 3.6-1.1 3.6.9V22" />
    </svg>
  );
}
