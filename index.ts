import { slesEcsProgram } from "./components/program";

// What `pulumi up` runs. An async function as the program: Pulumi waits for it and takes what it gives as outputs.
export = slesEcsProgram;
