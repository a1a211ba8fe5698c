import { stringify } from "yaml";
import { hasHostPart, packagesOf } from "../capabilities/hostCapabilities";
import { bootstrapConf, wantedAgentConfig } from "./configFiles";
import { bootstrapScript } from "./bootstrapScript";
import type { HostFacts } from "./facts";
import { installCommand, type InstalledFile } from "./install";
import { paths } from "./paths";
import {
    agentDropInText,
    bootstrapUnitText,
    dockerDropInText,
    packagesUnitText,
    proxyDropInText,
    proxySettingsText,
    withProxy,
} from "./units";

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
    const withPackages = packagesOf(facts).length > 0;
    const { proxy, capabilities = {} } = facts;
    // Of its steps this one alone goes out.
    const bootstrapProxy = hasHostPart(capabilities) ? proxy : undefined;
    return [
        ...(proxy === undefined
            ? []
            : [
                  plain(paths.proxySettings, proxySettingsText(proxy)),
                  plain(paths.ssmAgentDropIn, proxyDropInText(proxy)),
              ]),
        plain(paths.bootstrapConf, bootstrapConf(facts)),
        plain(paths.wantedAgentConfig, wantedAgentConfig(facts)),
        { ...plain(paths.bootstrap, bootstrapScript(facts)), mode: "0755" },
        plain(paths.unit, withProxy(bootstrapUnitText, bootstrapProxy)),
        ...(withPackages ? [plain(paths.packagesUnit, withProxy(packagesUnitText, proxy))] : []),
        plain(paths.dockerDropIn, withProxy(dockerDropInText, proxy)),
        plain(paths.agentDropIn, withProxy(agentDropInText, proxy)),
    ];
}

function plain(path: string, text: string): InstalledFile {
    return { path, mode: "0644", text: text.replace(/\n+$/, "") };
}
