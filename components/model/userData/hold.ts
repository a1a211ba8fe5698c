import { hasImageStoreSetUp } from "./bootstrapScript";
import type { HostFacts } from "./facts";
import { bootstrapUnit, paths } from "./paths";

/**
 * Commands that hold the agent and docker back on the first boot. Stopping a unit whose start is still queued
 * takes it off systemd's queue; without this the agent may register before its cluster is known, as SUSE's
 * unit has no order towards cloud-init. Later boots have the bootstrap's unit for that.
 */
export function holdCommands(facts: HostFacts): readonly (readonly string[])[] {
    const commands = [
        onFirstBoot("systemctl stop --no-block amazon-ecs.service docker.socket docker.service"),
    ];
    return replacesImageStore(facts) ? [...commands, onFirstBoot(keepImageStoreAway)] : commands;
}

/**
 * docker-img-store-setup does nothing where its file exists already (SUSE container-img-store-setup), be it
 * empty. Where it was faster, the bootstrap undoes what it did.
 */
const keepImageStoreAway = `systemctl stop --no-block docker-img-store-setup.service; test -e ${paths.imageStore} || : > ${paths.imageStore}`;

function onFirstBoot(commands: string): readonly string[] {
    return [
        "sh",
        "-c",
        `systemctl is-enabled --quiet ${bootstrapUnit} 2>/dev/null || { ${commands}; } || true`,
    ];
}

/** Whether docker's data lives elsewhere than in the store that the image would set up. */
function replacesImageStore({ generation, storage }: HostFacts): boolean {
    return (
        hasImageStoreSetUp(generation) &&
        (storage.mode === "volume" || (storage.mode === "driver" && storage.driver !== "btrfs"))
    );
}
