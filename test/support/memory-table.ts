export { MemoryTable, memoryTable } from '../../shared/aws/memory-table.ts';
