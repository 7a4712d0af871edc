// The SDK imports this module, which opens the standard streams of the process for good. Loaded first, it is no leak.
import "node:process";
