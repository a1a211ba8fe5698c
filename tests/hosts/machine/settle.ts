import { setTimeout as sleep } from "node:timers/promises";
import { parseBootLog } from "../../../components/model/bootLog";
import type { Machine } from "./machine";
import type { Network } from "./network";

const limitSeconds = 150;
const looksEveryMs = 200;
/** systemd has come through its first transaction (systemctl(1), is-system-running). */
const idleStates = ["running", "degraded", "maintenance"];

/**
 * Waits until a boot has come to its end: nothing is queued any more, and the agent has registered, has been refused
 * or will not try again.
 * @param agentTriesOn it never ends to try, and the boot is over with its last step
 * @throws Error when it does not end
 */
export async function settled(
    machine: Machine,
    network: Network,
    eventsBefore: number,
    agentTriesOn = false,
): Promise<void> {
    const until = performance.now() + limitSeconds * 1000;
    let quietLooks = 0;
    while (quietLooks < 2) {
        if (performance.now() > until) {
            throw new Error(`the boot did not end within ${limitSeconds} s:\n${await whatRuns(machine)}`);
        }
        if (network.hasEnded) {
            throw new Error("the stand-ins for AWS ended");
        }
        await sleep(looksEveryMs);
        if (agentTriesOn) {
            const isDone = parseBootLog(machine.console()).some(({ step }) => step === "start");
            quietLooks = isDone ? quietLooks + 1 : 0;
            continue;
        }
        const isAnswered = network.events
            .slice(eventsBefore)
            .some(({ event }) => event === "RegisterContainerInstance");
        const { system, jobs, agent } = await look(machine);
        const isOver = isAnswered || ["inactive/dead", "failed/failed"].includes(agent);
        quietLooks = idleStates.includes(system) && jobs === "0" && isOver ? quietLooks + 1 : 0;
    }
}

async function look(machine: Machine): Promise<{ system: string; jobs: string; agent: string }> {
    const text = await machine.exec([
        "bash",
        "-c",
        `systemctl is-system-running
        systemctl list-jobs --no-legend | wc -l
        systemctl show -P ActiveState -P SubState amazon-ecs.service
        true`,
    ]);
    const [system = "", jobs = "", ...agent] = text.trim().split("\n");
    return { system, jobs, agent: agent.join("/") };
}

async function whatRuns(machine: Machine): Promise<string> {
    const jobs = await machine.exec(["systemctl", "list-jobs", "--no-legend"]);
    return `${jobs}\n${await journalOf(machine)}`;
}

/** What systemd and our units said, for whoever looks for the cause of a failure. */
export function journalOf(machine: Machine): Promise<string> {
    return machine.exec([
        "bash",
        "-c",
        "journalctl -b --no-pager | grep -v -e dockerd -e ci-info | tail -n 90",
    ]);
}
