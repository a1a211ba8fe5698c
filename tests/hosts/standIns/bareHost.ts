import fs from "node:fs";
import path from "node:path";
import type { DiskFacts } from "../machine/disks";
import { Host, type HostParts } from "../machine/host";
import type { Machine } from "../machine/machine";
import { settled } from "../machine/settle";
import { Rig } from "../rig";
import { makeDisks } from "../runCase";

/** A host as its image starts it, with nothing of this project on it. */
export class BareHost {
    private constructor(
        private readonly rig: Rig,
        readonly host: Host,
        readonly machine: Machine,
    ) {}

    /** Boots one to its end. Files by their path, and blank volumes, are there before it starts. */
    static async boot(
        parts: Pick<HostParts, "generation" | "agentUnit">,
        files: Readonly<Record<string, string>> = {},
        volumes: readonly Pick<DiskFacts, "volumeId" | "deviceName">[] = [],
    ): Promise<BareHost> {
        const rig = await Rig.open();
        const disks = await makeDisks(
            rig,
            volumes.map((volume) => ({ ...volume, content: "blank" })),
        );
        const host = await Host.launch(rig.workspace, rig.agentArchive, {
            userData: "",
            clusters: ["default"],
            s3IsOpen: true,
            agentStartSeconds: 0,
            disks,
            ...parts,
        });
        await host.whileOff((root) => {
            for (const [file, text] of Object.entries(files)) {
                fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
                fs.writeFileSync(path.join(root, file), text);
            }
        });
        const machine = await host.boot();
        await settled(machine, host.network, 0);
        return new BareHost(rig, host, machine);
    }

    /** What a line of shell prints on the host, without the line break at its end. */
    async output(command: string): Promise<string> {
        return (await this.machine.exec(["bash", "-c", command])).trimEnd();
    }

    async exitCode(command: string): Promise<number> {
        return Number(await this.output(`(${command}) >/dev/null 2>&1; echo $?`));
    }

    /** The lines of a unit's file, without remarks and its description. */
    async unitLines(unit: string): Promise<string[]> {
        const text = await this.output(`cat /usr/lib/systemd/system/${unit}`);
        return text.split("\n").filter((line) => line !== "" && !/^(#|Description=)/.test(line));
    }

    /** Shuts down in good order and boots again. */
    async reboot(): Promise<BareHost> {
        await this.host.powerOff();
        const eventsBefore = this.host.network.events.length;
        const machine = await this.host.boot();
        await settled(machine, this.host.network, eventsBefore);
        return new BareHost(this.rig, this.host, machine);
    }

    async close(): Promise<void> {
        await this.host.terminate();
        await this.rig.close();
    }
}
