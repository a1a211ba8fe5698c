import { stringify } from "yaml";
import { earlyAgentConfig, wantedAgentConfig } from "./agentConfig";
import { bootstrapConf } from "./bootstrapConf";
import { bootstrapScript } from "./bootstrapScript";
import type { HostFacts } from "./facts";
import { holdCommands } from "./hold";
import { bootstrapUnit, paths } from "./paths";
import { agentDropInText, bootstrapUnitText, dockerDropInText } from "./units";

/** EC2's limit for user data before it is encoded (EC2 user guide, "Run commands at launch"). */
const userDataLimitBytes = 16_384;

interface WrittenFile {
    readonly path: string;
    readonly content: string;
    readonly permissions: string;
    readonly append?: boolean;
}

/**
 * The user data of a host: a `#cloud-config` document. cloud-init runs bootcmd and write_files in its first
 * stage with the network, and runcmd in its last.
 * @throws RangeError when it is larger than EC2 takes.
 */
export function renderUserData(facts: HostFacts): string {
    const document = {
        bootcmd: holdCommands(facts),
        write_files: files(facts),
        runcmd: [
            ["systemctl", "daemon-reload"],
            ["systemctl", "enable", bootstrapUnit],
            ["systemctl", "start", "--no-block", bootstrapUnit],
        ],
    };
    const text = `#cloud-config\n${stringify(document, { lineWidth: 0, indentSeq: false })}`;
    const bytes = Buffer.byteLength(text, "utf8");
    if (bytes > userDataLimitBytes) {
        throw new RangeError(
            `the hosts' user data has ${bytes} bytes, and EC2 takes ${userDataLimitBytes}: shorten dockerStorage.options`,
        );
    }
    return text;
}

function files(facts: HostFacts): readonly WrittenFile[] {
    return [
        { path: paths.bootstrapConf, content: bootstrapConf(facts), permissions: "0644" },
        { path: paths.wantedAgentConfig, content: wantedAgentConfig(facts), permissions: "0644" },
        // Appended before the agent can start, so that it goes to the right cluster even should holding it
        // back fail; the bootstrap tidies up later. The empty line ends a last line that has no end.
        {
            path: paths.agentConfig,
            content: `\n${earlyAgentConfig(facts)}`,
            permissions: "0644",
            append: true,
        },
        { path: paths.bootstrap, content: bootstrapScript(facts.generation), permissions: "0755" },
        { path: paths.unit, content: bootstrapUnitText, permissions: "0644" },
        { path: paths.dockerDropIn, content: dockerDropInText, permissions: "0644" },
        { path: paths.agentDropIn, content: agentDropInText, permissions: "0644" },
    ];
}
