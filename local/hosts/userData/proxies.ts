import { readKeyValues } from "./agentConfig";
import type { ProxyWishes } from "./userDataFacts";

interface ProxyFile {
    readonly path: string;
    readonly content: string;
}

/**
 * The proxies that files tell the parts of a host of, each in its own place: systemd's drop-ins for ecs-init and the SSM agent
 * (systemd.exec(5), Environment=), the agent's configuration, and SUSE's file for zypper and registercloudguest, which counts while
 * it says so (SLES administration guide, "/etc/sysconfig/proxy").
 */
export function readProxies(files: readonly ProxyFile[]): ProxyWishes | undefined {
    const inDropIns = (unit: string) =>
        Object.assign(
            {},
            ...files
                .filter(({ path }) => path.startsWith(`/etc/systemd/system/${unit}.d/`))
                .map(({ content }) => environmentOf(content)),
        ) as Readonly<Record<string, string>>;
    const content = (path: string) => files.findLast((one) => one.path === path)?.content ?? "";
    const suse = unquoted(readKeyValues(content("/etc/sysconfig/proxy")));
    const ecsInit = inDropIns("amazon-ecs.service");
    const wishes = {
        download: addressIn(ecsInit["HTTPS_PROXY"]),
        agent: addressIn(readKeyValues(content("/etc/sles-ecs/ecs.config"))["HTTP_PROXY"]),
        bootstrap: addressIn(
            environmentOf(content("/etc/systemd/system/sles-ecs-bootstrap.service"))["HTTPS_PROXY"],
        ),
        packages: suse["PROXY_ENABLED"] === "yes" ? addressIn(suse["HTTPS_PROXY"]) : undefined,
        ssm: addressIn(inDropIns("amazon-ssm-agent.service")["HTTPS_PROXY"]),
    };
    const noProxy = (ecsInit["NO_PROXY"] ?? "").split(",").filter((one) => one !== "");
    return Object.values(wishes).some((one) => one !== undefined) ? { ...wishes, noProxy } : undefined;
}

function environmentOf(unit: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
        [...unit.matchAll(/^Environment="(\w+)=([^"]*)"$/gm)].map(([, name = "", value = ""]) => [
            name,
            value,
        ]),
    );
}

function unquoted(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, value.replace(/^"(.*)"$/, "$1")]),
    );
}

function addressIn(value: string | undefined): string | undefined {
    return value?.replace(/^https?:\/\//, "").replace(/\/$/, "") || undefined;
}
