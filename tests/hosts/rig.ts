import fs from "node:fs";
import path from "node:path";
import pLimit from "p-limit";
import { writeImage } from "./machine/agentImage";
import type { Machine } from "./machine/machine";
import { Workspace } from "./machine/workspace";

const machinesAtOnce = 2;

/** What the tests of one run share. */
export class Rig {
    private readonly limit = pLimit(machinesAtOnce);

    private constructor(
        readonly workspace: Workspace,
        readonly agentArchive: string,
    ) {}

    static async open(): Promise<Rig> {
        const workspace = await Workspace.open();
        const folder = workspace.namespace.path(workspace.file("images"));
        fs.mkdirSync(folder);
        const archive = path.join(folder, "agent.tar");
        await writeImage(archive, "amazon/amazon-ecs-agent:latest");
        return new Rig(workspace, workspace.file("images", "agent.tar"));
    }

    /** Runs something as soon as one of the few machines is free. */
    whenFree<T>(work: () => Promise<T>): Promise<T> {
        return this.limit(work);
    }

    /** Gives docker on a machine another image. */
    async loadImage(machine: Machine, tag: string): Promise<void> {
        await writeImage(machine.path("/var/tmp/image.tar"), tag);
        await machine.exec(["docker", "load", "--quiet", "--input", "/var/tmp/image.tar"]);
    }

    close(): Promise<void> {
        return this.workspace.close();
    }
}
