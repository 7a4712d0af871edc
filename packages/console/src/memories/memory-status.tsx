/** Whether a memory is still valid, in words and in colour. */
export function MemoryStatus({ status }: { readonly status: string }) {
  return (
    <span className="memory-status" data-status={status}>
      {status}
    </span>
  );
}
