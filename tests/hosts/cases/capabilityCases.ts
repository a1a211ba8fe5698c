import { hostProxy } from "../../../components/model/proxy/hostProxy";
import type { HostFacts } from "../../../components/model/userData";
import type { HostCase } from "./hostCase";
import { facts, onImageStore } from "./parts";

const version = "3.3.4624.0";
const binaries = `amazon-ssm-eu-central-1/${version}/linux_amd64/amazon-ssm-agent-binaries.tar.gz`;

const execFrom = (bucket: string): HostFacts["capabilities"] => ({
    executeCommand: { version, url: `${bucket}/${binaries}` },
});

const proxy = hostProxy({ address: "10.0.0.10:3128", noProxy: [] }, { mode: "existing" }, "eu-central-1");

/** Hosts that are to offer more of ECS than their image does. */
export const capabilityCases: readonly HostCase[] = [
    ...([12, 15, 16] as const).map((generation): HostCase => ({
        name: `SLES ${generation} with ECS Exec`,
        facts: facts({ generation, capabilities: execFrom("http://10.0.0.10:8081") }),
        boots: generation === 15 ? 2 : 1,
        expected: onImageStore(generation),
    })),
    {
        name: "SLES 15 with ECS Exec behind a proxy",
        facts: facts({ proxy, capabilities: execFrom("http://10.0.0.10:8081") }),
        network: { isBehindProxy: true },
        expected: onImageStore(15),
    },
    {
        name: "SLES 15 with ECS Exec, and nobody answers at AWS's bucket",
        facts: facts({ capabilities: execFrom("http://10.0.0.10:8099") }),
        network: { isWithoutCapabilities: true },
        expected: { ...onImageStore(15), reason: /^executeCommand: .* could not be downloaded: /m },
    },
    {
        name: "SLES 15 with Service Connect and ECS Exec",
        facts: facts({
            capabilities: {
                ...execFrom("http://10.0.0.10:8081"),
                serviceConnect: { url: "http://10.0.0.10:8081/core/mirrors/latest/x86_64/mirror.list" },
            },
        }),
        expected: onImageStore(15),
    },
    {
        name: "SLES 15 with EFS volumes",
        facts: facts({ capabilities: { efs: {} } }),
        expected: onImageStore(15),
    },
    ...([12, 16] as const).map((generation): HostCase => ({
        name: `SLES ${generation} for builds of SLE containers`,
        facts: facts({ generation, capabilities: { containerBuilds: {} } }),
        boots: 2,
        expected: onImageStore(generation),
    })),
];
