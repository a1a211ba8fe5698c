import path from "node:path";
import { preparePulumi, prepareMoto, type Setup } from "../../../../automation/setup";

/** The programs that these tests run. */
export interface Tools {
    /** Folder of the Pulumi CLI and its language hosts. */
    readonly pulumiFolder: string;
    readonly motoServer: string;
}

/** Finds (or, the first time, brings) the Pulumi CLI and moto, as the product does. */
export async function prepareTools(): Promise<Tools> {
    const setup: Setup = { env: process.env, signal: new AbortController().signal, report: () => undefined };
    const [pulumi, motoServer] = await Promise.all([preparePulumi(setup), prepareMoto(setup)]);
    return { pulumiFolder: path.dirname(pulumi.command), motoServer };
}
