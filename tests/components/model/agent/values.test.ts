import { expect } from "chai";
import { wordNextStep } from "../../../../automation/errors/wordNextStep";
import { renderLine } from "../../../../components/model/commandLine";
import { agentValues } from "../../../../components/model/agent/agentVariables";
import { parseSettings } from "../../../../components/model/settings";

/** What becomes of one setting; undefined when it is refused. */
function written(agent: object): Readonly<Record<string, string>> | undefined {
    const { settings } = parseSettings({ agent }, "dev");
    return settings === undefined ? undefined : agentValues(settings.agent);
}
const complaint = (agent: object) => {
    const [problem] = parseSettings({ agent }, "dev").problems;
    return `${problem?.path}: ${problem?.message}${problem?.hint === undefined ? "" : ` (${renderLine(wordNextStep(problem.hint))})`}`;
};

describe("a setting of the agent", () => {
    // The values are the examples of the agent's own page, where it has one.
    const examples: readonly [object, string][] = [
        [{ reservedMemoryMiB: 32 }, "ECS_RESERVED_MEMORY=32"],
        [{ reservedPorts: [22, 80, 5000, 8080] }, "ECS_RESERVED_PORTS=[22,80,5000,8080]"],
        [{ reservedPortsUdp: [53, 123] }, "ECS_RESERVED_PORTS_UDP=[53,123]"],
        [{ logLevel: "debug" }, "ECS_LOGLEVEL=debug"],
        [{ enableSpotInstanceDraining: true }, "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true"],
        [{ enableTaskIamRole: false }, "ECS_ENABLE_TASK_IAM_ROLE=false"],
        [{ imageCleanupInterval: "30m" }, "ECS_IMAGE_CLEANUP_INTERVAL=30m"],
        [{ engineTaskCleanupWaitDuration: "1h30m" }, "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION=1h30m"],
        [{ cgroupCpuPeriod: "10ms" }, "ECS_CGROUP_CPU_PERIOD=10ms"],
        [{ imagePullBehavior: "prefer-cached" }, "ECS_IMAGE_PULL_BEHAVIOR=prefer-cached"],
        [{ propagateTagsFrom: "ec2_instance" }, "ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM=ec2_instance"],
        [{ tags: { tag_key: "tag_val" } }, 'ECS_CONTAINER_INSTANCE_TAGS={"tag_key":"tag_val"}'],
        [{ attributes: { stack: "prod" } }, 'ECS_INSTANCE_ATTRIBUTES={"stack":"prod"}'],
        [{ dynamicHostPortRange: "100-200" }, "ECS_DYNAMIC_HOST_PORT_RANGE=100-200"],
        [{ taskMetadataRpsLimit: "100,150" }, "ECS_TASK_METADATA_RPS_LIMIT=100,150"],
        [{ taskPidsLimit: 100 }, "ECS_TASK_PIDS_LIMIT=100"],
        [
            { awsvpcAdditionalLocalRoutes: ["10.0.15.0/24"] },
            'ECS_AWSVPC_ADDITIONAL_LOCAL_ROUTES=["10.0.15.0/24"]',
        ],
        [
            { availableLoggingDrivers: ["awslogs", "json-file"] },
            'ECS_AVAILABLE_LOGGING_DRIVERS=["awslogs","json-file"]',
        ],
        [
            { excludeUntrackedImage: ["alpine:latest", "busybox:1"] },
            "ECS_EXCLUDE_UNTRACKED_IMAGE=alpine:latest,busybox:1",
        ],
        [{ logDriver: "journald" }, "ECS_LOG_DRIVER=journald"],
    ];
    for (const [agent, line] of examples) {
        it(`is written as the agent reads it: ${line}`, () => {
            expect(Object.entries(written(agent) ?? {}).map((pair) => pair.join("="))).to.deep.equal([line]);
        });
    }

    it("keeps what only the agent may reach away from a proxy, whether asked to or not", () => {
        const always = "169.254.169.254,169.254.170.2,/var/run/docker.sock";
        expect(written({ httpProxy: "10.0.0.131:3128" })).to.deep.equal({
            HTTP_PROXY: "10.0.0.131:3128",
            NO_PROXY: always,
        });
        expect(written({ httpProxy: "p:1", noProxy: ["169.254.169.254", "s3.intern"] })).to.include({
            NO_PROXY: `${always},s3.intern`,
        });
        expect(written({})).to.deep.equal({});
    });

    it("is plain ASCII on one line, whatever its letters are", () => {
        const pauseLabels = { Ort: "München\u2028Süd \u0085", Rolle: "🐧", Zitat: 'a "b" \\ c' };
        const value = written({ pauseLabels })?.["ECS_PAUSE_LABELS"] ?? "";
        expect(value).to.match(/^[\x20-\x7e]+$/);
        expect(JSON.parse(value)).to.deep.equal(pauseLabels);
    });
});

describe("a setting that the agent would not take, or would silently replace by its default", () => {
    const refused: readonly [object, string][] = [
        [{ imageCleanupInterval: "9m59s" }, "agent.imageCleanupInterval"],
        [{ containerStartTimeout: "44s" }, "agent.containerStartTimeout"],
        [{ containerCreateTimeout: "59s" }, "agent.containerCreateTimeout"],
        [{ pollMetrics: true, pollingMetricsWaitDuration: "21s" }, "agent.pollingMetricsWaitDuration"],
        [{ cgroupCpuPeriod: "7ms" }, "agent.cgroupCpuPeriod"],
        [{ imagePullTimeout: "0s" }, "agent.imagePullTimeout"],
        [{ imagePullTimeout: "2562048h" }, "agent.imagePullTimeout"],
        [{ imagePullTimeout: "2 hours" }, "agent.imagePullTimeout"],
        [{ imagePullTimeout: "90" }, "agent.imagePullTimeout"],
        [{ numImagesDeletePerCycle: 0 }, "agent.numImagesDeletePerCycle"],
        [{ reservedMemoryMiB: 65_536 }, "agent.reservedMemoryMiB"],
        [{ taskPidsLimit: 4_194_305 }, "agent.taskPidsLimit"],
        [{ reservedPorts: [] }, "agent.reservedPorts"],
        [{ reservedPorts: Array.from({ length: 101 }, (_, n) => n + 1) }, "agent.reservedPorts"],
        [{ reservedPorts: [65_536] }, "agent.reservedPorts[0]"],
        [{ dynamicHostPortRange: "200-100" }, "agent.dynamicHostPortRange"],
        [{ taskMetadataRpsLimit: "0,1" }, "agent.taskMetadataRpsLimit"],
        [{ availableLoggingDrivers: ["json"] }, "agent.availableLoggingDrivers[0]"],
        [{ awsvpcAdditionalLocalRoutes: ["10.0.15.0/33"] }, "agent.awsvpcAdditionalLocalRoutes[0]"],
        [{ logLevel: "verbose" }, "agent.logLevel"],
        [{ enableTaskEni: "yes" }, "agent.enableTaskEni"],
        [{ nvidiaRuntime: "nvidia\nECS_CLUSTER=other" }, "agent.nvidiaRuntime"],
        [{ agentLabels: { team: "a\nb" } }, "agent.agentLabels.team"],
        [{ excludeUntrackedImage: ["a,b"] }, "agent.excludeUntrackedImage[0]"],
    ];
    for (const [agent, path] of refused) {
        it(`is refused: ${JSON.stringify(agent).slice(0, 80)}`, () => {
            const { settings, problems } = parseSettings({ agent }, "dev");
            expect(settings).to.equal(undefined);
            expect(problems.map((problem) => problem.path)).to.deep.equal([path]);
        });
    }

    it("is told with its bounds", () => {
        expect(complaint({ containerStopTimeout: "500ms" })).to.equal(
            'agent.containerStopTimeout: got "500ms", expected a duration such as 90s or 1h30m, at least 1s',
        );
    });
});

describe("a secret among the agent's settings", () => {
    it("is refused, with the way that AWS has for it", () => {
        for (const key of ["ECS_ENGINE_AUTH_DATA", "engineAuthData", "ECS_ENGINE_AUTH_TYPE"]) {
            expect(complaint({ [key]: "x" })).to.match(
                new RegExp(`^agent\\.${key}: ${key} cannot be set here: .*execution role.*Secrets Manager`),
            );
        }
        expect(complaint({ httpProxy: "me:secret@proxy:3128" })).to.contain("without user name and password");
        expect(complaint({ logDriver: "syslog", logOpts: { "splunk-token": "x" } })).to.contain("no token");
    });
});

describe("an unknown key among the agent's settings", () => {
    it("is recognised by the agent's own name for it", () => {
        expect(complaint({ ECS_RESERVED_MEMORY: 32 })).to.equal(
            "agent.ECS_RESERVED_MEMORY: unknown key ECS_RESERVED_MEMORY (write reservedMemoryMiB)",
        );
        expect(complaint({ instanceAttributes: { a: "b" } })).to.match(/\(write attributes\)$/);
        expect(complaint({ containerInstanceTags: { a: "b" } })).to.match(/\(write tags\)$/);
        expect(complaint({ loglevel: "info" })).to.match(/\(write logLevel\)$/);
    });

    it("is told why it is left out", () => {
        expect(complaint({ cluster: "dev" })).to.equal(
            "agent.cluster: cluster cannot be set here: the cluster's name is the setting clusterName",
        );
        expect(complaint({ ECS_DATADIR: "/x" })).to.contain("inside the agent's container");
    });

    it("gets a suggestion where one is near, and never a list of them all", () => {
        expect(complaint({ reservedMemoryMb: 32 })).to.equal(
            "agent.reservedMemoryMb: unknown key reservedMemoryMb, expected one of the keys of docs/config.md (did you mean reservedMemoryMiB?)",
        );
    });
});
