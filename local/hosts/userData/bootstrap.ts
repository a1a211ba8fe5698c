import type { Command } from "./cloudConfig";
import { readKeyValues } from "./agentConfig";
import type { AgentConfig } from "./agentConfig";
import { readProxies } from "./proxies";
import type { BootstrapFacts, CapabilityWish } from "./userDataFacts";

const script = "/usr/local/sbin/sles-ecs-bootstrap";
const conf = "/etc/sles-ecs/bootstrap.conf";
const wantedConfig = "/etc/sles-ecs/ecs.config";
const unitName = "sles-ecs-bootstrap.service";
const unit = `/etc/systemd/system/${unitName}`;
const heldUnits = ["docker.service", "amazon-ecs.service"];
const dropInsOf = (held: string) => `/etc/systemd/system/${held}.d/`;
const modes = ["imageStore", "volume", "driver"];

/** The command of bootcmd that installs the bootstrap: shell, and after it a line of the agent's and files. */
interface Installation {
    readonly shell: string;
    /** What the agent may read before the bootstrap is through. */
    readonly earlyConfig: AgentConfig;
    readonly files: readonly InstalledFile[];
}

export interface InstalledFile {
    readonly path: string;
    readonly executable: boolean;
    readonly content: string;
}

/** The words of `bash -c SHELL sles-ecs-install LINE (PATH MODE TEXT)...`, or undefined for another command. */
export function readInstallation(command: Command): Installation | undefined {
    if (typeof command === "string" || command[3] !== "sles-ecs-install") {
        return undefined;
    }
    const [, , shell = "", , line = "", ...words] = command;
    const files = Array.from({ length: Math.floor(words.length / 3) }, (_, n) => ({
        path: words[3 * n] ?? "",
        executable: (Number.parseInt(words[3 * n + 1] ?? "", 8) & 0o100) !== 0,
        content: words[3 * n + 2] ?? "",
    }));
    return { shell, earlyConfig: readKeyValues(line), files };
}

/** Whether systemd starts an agent again that failed. */
export function restartsAgent(
    files: readonly { readonly path: string; readonly content: string }[],
): boolean {
    return files.some(
        ({ path, content }) =>
            path.startsWith(dropInsOf("amazon-ecs.service")) &&
            /^Restart=(on-failure|always)\s*$/m.test(content),
    );
}

/**
 * The bootstrap that is installed, or what keeps it from working: it counts only when its script can run, its unit and
 * its values are written, and something starts it.
 */
export function readBootstrap({ shell, files }: Installation): {
    readonly facts?: BootstrapFacts;
    readonly warnings: readonly string[];
} {
    const file = (path: string) => files.findLast((one) => one.path === path);
    const values = readKeyValues(file(conf)?.content ?? "");
    const { CLUSTER, STORAGE, VOLUME_ID, VOLUME_DEVICE, PACKAGES, UNITS, PROXY } = values;
    const starts = new RegExp(`systemctl start [^\\n]*${unitName.replace(".", "\\.")}`);
    const missing = [
        ...(file(conf) === undefined ? [`${conf} is not written`] : []),
        ...(file(script)?.executable === true ? [] : [`${script} is not there or not executable`]),
        ...(file(unit) === undefined ? [`${unit} is not written`] : []),
        ...(starts.test(shell) ? [] : [`nothing starts ${unitName}`]),
        ...heldUnits
            .filter((held) => !isHeld(held, files))
            .map((held) => `nothing keeps ${held} back until ${unitName} is through`),
    ];
    if (STORAGE !== undefined && !modes.includes(STORAGE)) {
        missing.push(`STORAGE is '${STORAGE}', expected ${modes.join(", ")}`);
    }
    if (missing.length > 0) {
        return { warnings: missing };
    }
    const proxies = readProxies(files);
    return {
        warnings: [],
        facts: {
            cluster: CLUSTER ?? "",
            storage: { mode: STORAGE ?? "", volumeId: VOLUME_ID, deviceName: VOLUME_DEVICE },
            packages: words(PACKAGES),
            ...(UNITS !== undefined && { units: words(UNITS) }),
            capabilities: readCapabilities(values, file(script)?.content ?? ""),
            agentConfig: readKeyValues(file(wantedConfig)?.content ?? ""),
            ...(PROXY !== undefined && { askedProxy: PROXY }),
            ...(proxies !== undefined && { proxies }),
        },
    };
}

function words(text = ""): readonly string[] {
    return text.split(" ").filter((word) => word !== "");
}

/** The keys that tell where what a capability needs comes from. */
const urlKeys: Readonly<Record<CapabilityWish["name"], string>> = {
    executeCommand: "EXEC_URL",
    serviceConnect: "SERVICE_CONNECT_URL",
};

/** What the script has a step for, and is told the address of. */
function readCapabilities(values: AgentConfig, text: string): readonly CapabilityWish[] {
    const wanted = (values["CAPABILITIES"] ?? "").split(" ");
    return (Object.keys(urlKeys) as CapabilityWish["name"][])
        .filter((name) => wanted.includes(name) && text.includes(`offer_${name}()`))
        .map((name) => ({ name, url: values[urlKeys[name]] ?? "" }));
}

function isHeld(held: string, files: readonly InstalledFile[]): boolean {
    return files.some(
        ({ path, content }) =>
            path.startsWith(dropInsOf(held)) &&
            /^AssertPathExists=\S+$/m.test(content) &&
            content.split("\n").includes(`After=${unitName}`),
    );
}
