import type { HostFaults } from "../decide/hostFacts";
import type { ScriptAnswer } from "./hostCommand";

const agent =
    /amazon-ecs-init\[|ecs-agent\[|dockerd\[|amazon-ecs\.service|Docker Application Container Engine|avc: /;

/** What a host tells of its agent and its docker since it was started, and of the room on its disks. */
export function examine(journal: string, { dockerDisk }: HostFaults): ScriptAnswer {
    const lines = journal.split("\n");
    const boot = lines.slice(lines.findLastIndex((line) => line.includes("Linux version ")));
    const used = dockerDisk === "full" ? 100 : 12;
    const output = [
        ...boot.filter((line) => agent.test(line)),
        "disk: 31% of / is used",
        `disk: ${used}% of /var/lib/docker is used`,
    ];
    return { status: "Success", exitCode: 0, output: `${output.join("\n")}\n`, errors: "" };
}
