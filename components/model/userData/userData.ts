import { stringify } from "yaml";
import { bootstrapConf, wantedAgentConfig } from "./configFiles";
import { bootstrapScript } from "./bootstrapScript";
import type { HostFacts } from "./facts";
import { installCommand, type InstalledFile } from "./install";
import { paths } from "./paths";
import { agentDropInText, bootstrapUnitText, dockerDropInText, packagesUnitText } from "./units";

/** The text of a host's user data: a `#cloud-config` with one command, which installs the bootstrap and starts it. */
export function renderUserData(facts: HostFacts): string {
    const document = { bootcmd: [installCommand(facts, files(facts))] };
    return `#cloud-config\n${stringify(document, { lineWidth: 0, indentSeq: false })}`;
}

/**
 * The agent's drop-in comes last: its presence says that everything else is there, and from then on systemd alone
 * keeps the agent back.
 */
function files(facts: HostFacts): readonly InstalledFile[] {
    const withPackages = (facts.packages ?? []).length > 0;
    return [
        plain(paths.bootstrapConf, bootstrapConf(facts)),
        plain(paths.wantedAgentConfig, wantedAgentConfig(facts)),
        { ...plain(paths.bootstrap, bootstrapScript(facts)), mode: "0755" },
        plain(paths.unit, bootstrapUnitText),
        ...(withPackages ? [plain(paths.packagesUnit, packagesUnitText)] : []),
        plain(paths.dockerDropIn, dockerDropInText),
        plain(paths.agentDropIn, agentDropInText),
    ];
}

function plain(path: string, text: string): InstalledFile {
    return { path, mode: "0644", text: text.replace(/\n+$/, "") };
}
