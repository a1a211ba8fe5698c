import type { HostFaults } from "../decide/hostFacts";
import type { HostCommand, ScriptAnswer } from "./hostCommand";

/** The parts of the answer in their order, by the name under which the command has how many bytes of each it shows. */
const parts: readonly (readonly [name: string, line: RegExp])[] = [
    ["denials", /avc: /],
    ["docker", /dockerd\[|docker\.service|Docker Application Container Engine/],
    ["journal", /amazon-ecs-init\[|amazon-ecs\.service/],
    ["agent", /ecs-agent\[/],
];

/** What a host tells of its agent and its docker since it was started, and of the room on its disks. */
export function examine(
    journal: string,
    { dockerDisk }: HostFaults,
    { values }: Pick<HostCommand, "values">,
): ScriptAnswer {
    const lines = journal.split("\n");
    const boot = lines.slice(lines.findLastIndex((line) => line.includes("Linux version ")));
    const used = dockerDisk === "full" ? 100 : 12;
    const shown = parts.map(([name, part]) => {
        const text = boot.filter((line) => part.test(line)).map((line) => `${line}\n`);
        const bytes = Number(values[name] ?? 0);
        return bytes === 0 ? "" : Buffer.from(text.join("")).subarray(-bytes).toString();
    });
    const disks = `disk: 31% of / is used\ndisk: ${used}% of /var/lib/docker is used\n`;
    return { status: "Success", exitCode: 0, output: `${shown.join("")}${disks}`, errors: "" };
}
