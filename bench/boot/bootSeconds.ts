import { renderUserData } from "../../components/model/userData";
import { Host } from "../../tests/hosts/machine/host";
import { settled } from "../../tests/hosts/machine/settle";
import type { Rig } from "../../tests/hosts/rig";
import { makeDisks } from "../../tests/hosts/runCase";
import type { BootSetup } from "./setups";

/** What a host boots with: the user data of this project, or none, as SUSE's image does by itself. */
export type Side = "ours" | "none";

const microsecondsPerSecond = 1_000_000;

/**
 * Seconds from the start of the first process to the start of the agent that registers, by systemd's monotonic clock.
 * The agent's own download takes no time here, on either side: it would hide a wait that runs beside it.
 */
export async function bootSeconds(rig: Rig, { facts, disks }: BootSetup, side: Side): Promise<number> {
    const isOurs = side === "ours";
    const host = await Host.launch(rig.workspace, rig.agentArchive, {
        generation: facts.generation,
        userData: isOurs ? renderUserData(facts) : "",
        clusters: [isOurs ? facts.clusterName : "default"],
        s3IsOpen: true,
        agentStartSeconds: 0,
        disks: await makeDisks(rig, disks),
    });
    try {
        const machine = await host.boot();
        await settled(machine, host.network, 0);
        if (!host.network.events.some(({ accepted }) => accepted)) {
            throw new Error("the host has not registered, so its boot says nothing");
        }
        const [booted, started] = await Promise.all([
            machine.exec(["systemctl", "show", "-P", "UserspaceTimestampMonotonic"]),
            machine.exec(["systemctl", "show", "-P", "ActiveEnterTimestampMonotonic", "amazon-ecs.service"]),
        ]);
        return (Number(started) - Number(booted)) / microsecondsPerSecond;
    } finally {
        await host.terminate();
    }
}
