// The rooms of this house, from the ground up: what each holds, and which rooms and packages it may import. A room may
// only name rooms that stand above it in this list, so that no two rooms can ever need each other. `npm run check`
// holds every import against it (.dependency-cruiser.mjs); the table in ARCHITECTURE.md is made from it.

/** Rooms of automation, by their names. */
const within = (names) => names.split(" ").map((name) => `automation/${name}`);

/** What most rooms of automation stand on. */
const ground = ["components/model", "automation/ports", "automation/errors", "automation/output"];
/** What rooms stand on that read settings and options of an environment. */
const settled = [
    ...ground,
    "automation/settings",
    "automation/command",
    "automation/preflight",
    "automation/environment",
];

export const rooms = [
    {
        path: "components/model",
        holds: "pure facts, decisions and checks: settings, defaults, image names, user data, IAM documents, tags. It is told what AWS says, and asks nobody",
        imports: [],
        packages: ["zod", "yaml", "ipaddr.js", "fastest-levenshtein", "fflate", "htmlparser2"],
    },
    {
        path: "outbound",
        holds: "how a request leaves this machine: directly or by its proxy, and what a proxy does in place of letting it through",
        imports: ["components/model"],
        packages: ["@smithy/node-http-handler", "agent-base", "http-proxy-agent", "https-proxy-agent"],
    },
    {
        path: "components/reads",
        holds: "what the checks ask of AWS, by Pulumi's own look-ups, and of SUSE's pages",
        imports: ["components/model", "outbound"],
        packages: ["@pulumi/"],
    },
    {
        path: "components",
        holds: "one Pulumi ComponentResource a file, and the program that wires them",
        imports: ["components/model", "components/reads"],
        packages: ["@pulumi/"],
    },
    {
        path: "index.ts",
        holds: "the door for `pulumi up`",
        imports: ["components"],
    },
    {
        path: "languages",
        holds: "the door for programs in other languages: the components as a Pulumi package, its schema and the provider that makes them",
        imports: ["components"],
        packages: ["@pulumi/"],
    },
    {
        path: "local/hosts",
        holds: "the local cloud's hosts: what a SLES host decides from its user data; pure",
        imports: [],
        packages: ["yaml"],
    },
    {
        path: "local/provider",
        holds: "the local cloud's Pulumi providers `aws` and `awsx`",
        imports: ["components/model", "outbound"],
        packages: ["@aws-sdk/", "@grpc/", "@pulumi/", "@smithy/types", "google-protobuf"],
    },
    {
        path: "local/cloud",
        holds: "the local cloud itself: moto, the rules of ECS, EC2 and Auto Scaling in front of it, the effects of its hosts",
        imports: ["components/model", "local/hosts", "local/provider"],
        packages: ["@aws-sdk/", "dockerode", "ws"],
    },
    {
        path: "local",
        holds: "the local cloud's face, and its process",
        imports: ["local/cloud"],
    },
    {
        path: "automation/ports",
        holds: "what verbs need from the world: engine, AWS, pint, terminal, clock; types, and the defaults that belong to them",
        imports: ["components/model"],
    },
    {
        path: "automation/errors",
        holds: "errors for people: codes, next steps, exit codes",
        imports: ["components/model", "outbound", "automation/ports"],
        packages: ["fastest-levenshtein"],
    },
    {
        path: "automation/output",
        holds: "tables, JSON, durations and progress, as text; files, written whole or not at all",
        imports: ["components/model", "automation/ports", "automation/errors"],
        packages: ["log-update", "picocolors", "string-width", "wrap-ansi"],
    },
    {
        path: "automation/yaml",
        holds: "YAML files as text: read, and changed line by line, so that every other line stays as it is",
        imports: ["components/model", "automation/errors", "automation/output"],
        packages: ["yaml"],
    },
    {
        path: "automation/setup",
        holds: "finds, downloads or builds the Pulumi CLI; prepares moto and a registry for the local cloud",
        imports: [...ground, "outbound"],
    },
    {
        path: "automation/settings",
        holds: "a project's files: which environments there are, what they say, how a setting changes, where its states are",
        imports: [...ground, "automation/yaml", "automation/setup"],
        packages: ["yaml"],
    },
    {
        path: "automation/aws",
        holds: "AWS SDK behind its port",
        imports: ["components/model", "outbound", "automation/ports", "automation/errors"],
        packages: ["@aws-sdk/", "@smithy/core"],
    },
    {
        path: "automation/pint",
        holds: "SUSE's image data (pint) behind its port, with its last answers on disk",
        imports: [...ground, "outbound", "automation/setup"],
    },
    {
        path: "automation/prices",
        holds: "AWS's price list behind its port, with its last answers on disk; where there is none, the prices that come along",
        imports: [...ground, "automation/setup"],
    },
    {
        path: "automation/containerSource",
        holds: "registries that container images come from behind their port, with what has come on disk",
        imports: [...ground, "outbound", "automation/setup"],
        packages: ["@snyk/docker-registry-v2-client"],
    },
    {
        path: "automation/engine",
        holds: "Automation API and Pulumi CLI behind their port",
        imports: [...ground, "components", "automation/settings", "automation/setup"],
        packages: ["@pulumi/", "p-limit"],
    },
    {
        path: "automation/runs",
        holds: "what the last runs of `up` did and when: noted from their progress, kept on this machine, read again",
        imports: [...ground, "automation/setup"],
    },
    {
        path: "automation/images",
        holds: "an environment's host image, held against what there is today",
        imports: ["components/model", "automation/ports", "automation/errors"],
    },
    {
        path: "automation/picture",
        holds: "an environment as one page of HTML; it is told all of it, and asks nobody",
        imports: ["components/model", "automation/output"],
    },
    {
        path: "automation/command",
        holds: "what a command is, and the options that several share",
        imports: ["components/model", "automation/ports", "automation/errors", "automation/output"],
        packages: ["yargs"],
    },
    {
        path: "automation/preflight",
        holds: "the checks of components/model, asked by AWS SDK and pint, and told as errors and warnings",
        imports: ["components/model", "automation/ports", "automation/errors", "automation/output"],
    },
    {
        path: "automation/environment",
        holds: "one environment to work on: its project, settings, stack and place in AWS, opened once",
        imports: [...ground, "automation/settings", "automation/command", "automation/preflight"],
    },
    {
        path: "automation/diagnosis",
        holds: "reads what there is to know about hosts that are not ready, for the causes of components/model",
        imports: [...ground, "automation/environment"],
        packages: ["p-limit"],
    },
    {
        path: "automation/hosts",
        holds: "what verbs share about hosts: find, judge, wait, drain, and where their tasks go",
        imports: [...ground, "automation/setup", "automation/environment", "automation/diagnosis"],
        packages: ["p-limit"],
    },
    {
        path: "automation/rolling",
        holds: "how hosts give way to others: what of a change replaces them, the plan, and one batch after the other",
        imports: [...ground, "automation/environment", "automation/hosts"],
    },
    {
        path: "automation/inventory",
        holds: "what in AWS carries an environment's tags: found, told from what its state knows, and removed",
        imports: [...ground, "automation/environment", "automation/hosts"],
    },
    {
        path: "automation/services",
        holds: "what verbs share about services: find, deploy, wait for a steady state, say why not, and take away with all their parts",
        imports: [...ground, "automation/environment", "automation/hosts", "automation/inventory"],
    },
    {
        path: "automation/lock",
        holds: "one command at a time on an environment: its lock in AWS, around the whole of a command",
        imports: [...ground, "automation/setup", "automation/preflight", "automation/environment"],
    },
    {
        path: "automation/containers",
        holds: "an environment's private repositories: which one is meant, whether it may take an image, and how it is pushed",
        imports: [...ground, "automation/environment", "automation/hosts"],
        packages: ["p-limit"],
    },
    {
        path: "automation/emptying",
        holds: "how an own cluster is emptied before the engine comes: what was added to it by hand goes, what is of others leaves",
        imports: [
            ...ground,
            "automation/environment",
            "automation/hosts",
            "automation/inventory",
            "automation/services",
        ],
    },
    {
        path: "automation/teardown",
        holds: "how an environment goes: plan, consent, its cluster emptied, the engine, and the evidence",
        imports: [...settled, ...within("hosts inventory emptying lock")],
    },
    {
        path: "automation/lease",
        holds: "until when an environment lives: what its state and the tags of its cluster say, and how that is changed",
        imports: settled,
    },
    {
        path: "automation/costs",
        holds: "what an environment costs: by its settings, and by what stands of it in AWS",
        imports: [...ground, "automation/environment", "automation/hosts", "automation/inventory"],
    },
    {
        path: "automation/pause",
        holds: "how an environment stands still and goes on: what runs, what is remembered where, services and hosts stopped and brought back",
        imports: [
            ...ground,
            "automation/preflight",
            "automation/environment",
            "automation/hosts",
            "automation/inventory",
            "automation/costs",
        ],
    },
    {
        path: "automation/applying",
        holds: "how an environment becomes what its settings say: checks, plan, consent, the engine, hosts in turn, and the ready gate",
        imports: [
            ...ground,
            "automation/settings",
            "automation/command",
            "automation/environment",
            "automation/hosts",
            "automation/rolling",
            "automation/inventory",
            "automation/lease",
            "automation/lock",
            "automation/costs",
            "automation/pause",
            "automation/runs",
        ],
    },
    {
        path: "automation/verbs",
        holds: "one folder a verb: its command, action, view and steps",
        imports: [
            ...settled,
            "local",
            ...within("setup diagnosis hosts rolling inventory containers services emptying teardown"),
            ...within("lease lock costs pause applying runs images picture"),
        ],
        packages: ["@aws-sdk/", "yargs", "p-limit"],
    },
    {
        path: "automation/connect.ts",
        holds: "puts the adapters behind the ports, each when it is first asked for",
        imports: ["components/model", ...within("ports output setup aws pint prices containerSource engine")],
    },
    {
        path: "automation/environments",
        holds: "the verbs for programs",
        imports: ["components/model", ...within("ports errors setup teardown applying verbs connect.ts")],
    },
    {
        path: "automation/index.ts",
        holds: "the library's face",
        imports: [
            "components/model",
            ...within("ports errors environment hosts inventory teardown applying verbs environments"),
        ],
    },
    {
        path: "automation/cli",
        holds: "the process, the parser, help, and how errors are shown: what all commands share",
        imports: [...ground, ...within("setup command verbs connect.ts")],
        packages: ["yargs"],
    },
];
