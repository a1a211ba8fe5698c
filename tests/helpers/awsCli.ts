import path from "node:path";

import { preparePythonTool } from "../../automation/setup/moto";
import { quietSetup } from "../local/cloud/testCloud";

/** AWS's own command line, from https://pypi.org/project/awscli/ */
const client = { name: "awscli", version: "1.46.3", requirement: "awscli==1.46.3" };

/** @returns the folder of programs that has `aws` in it. */
export async function prepareAwsCli(): Promise<string> {
    return path.join(await preparePythonTool(quietSetup, client), "bin");
}
