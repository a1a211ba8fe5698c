import { readImageReference } from "../containers/imageReference";
import type { Problem } from "../problem";

/** What a person says of a service, as options give it. */
export interface ServiceRequest {
    readonly name?: string;
    readonly image?: string;
    readonly sample: boolean;
    /** @default - as many as the service has */
    readonly count?: number;
    readonly cpuUnits: number;
    readonly memoryMiB: number;
    /** `8080`, or `80:8080` with the port of the host first. */
    readonly port?: string;
    /** `NAME=value`. */
    readonly env: readonly string[];
    /** `NAME=ARN`. */
    readonly secrets: readonly string[];
    readonly command: readonly string[];
    readonly executionRole?: string;
    readonly taskRole?: string;
    readonly isPublic: boolean;
    readonly internalOnly: boolean;
    /** Security groups of others that the load balancer may open. */
    readonly openGroups: readonly string[];
    /** @default - as the service has it */
    readonly exec?: boolean;
}

/** A service with every default filled in, but for what one that is there keeps. */
export interface ServicePlan {
    readonly name: string;
    readonly image: string;
    /** @default - as many as the service has, or one */
    readonly count?: number;
    readonly cpuUnits: number;
    /** The hard limit: a container that takes more is killed. */
    readonly memoryMiB: number;
    readonly port?: {
        readonly container: number;
        /** @default - one that docker chooses */ readonly host?: number;
    };
    readonly environment: Readonly<Record<string, string>>;
    /** ARNs of secrets or parameters, by the name of the variable. */
    readonly secrets: Readonly<Record<string, string>>;
    readonly command: readonly string[];
    readonly executionRole?: string;
    readonly taskRole?: string;
    readonly balancer?: "public" | "internal";
    /** Security groups of others that it may open. */
    readonly openGroups: readonly string[];
    /** @default - as the service has it, or not */
    readonly exec?: boolean;
}

/** What a service has that says nothing. */
export const serviceDefaults = {
    count: 1,
    /** A quarter of a virtual CPU: two dozen of them fit on a host of the usual type. */
    cpuUnits: 256,
    memoryMiB: 256,
    logRetentionDays: 30,
} as const;

/**
 * Answers HTTP with what is in the container, and is freely redistributable as all of SUSE's base container images are
 * (https://documentation.suse.com/container/all/html/Container-guide/cha-bci.html); it has Python, and nothing else is needed.
 */
export const sampleService = {
    name: "sample",
    image: "registry.suse.com/bci/python:3.13",
    command: ["python3", "-m", "http.server", "8080", "--directory", "/etc"],
    port: "8080",
} as const;

/**
 * Amazon ECS Developer Guide, task_definition_parameters: 6 MiB is the least that docker takes, 2 and 262144 are the CPU shares that
 * the kernel takes. API_CreateService has the count.
 */
export const serviceLimits = {
    name: 200,
    count: { least: 0, most: 5000 },
    cpuUnits: { least: 2, most: 262_144 },
    memoryMiB: { least: 6, most: 1_048_576 },
    port: { least: 1, most: 65_535 },
} as const;

/** Reads what a person says of a service. @returns the service, or everything that is wrong with it, by the option */
export function readServiceRequest(given: ServiceRequest): ServicePlan | readonly Problem[] {
    const request = withSample(given);
    const problems: Problem[] = [];
    const wrong = (path: string, message: string): void =>
        void problems.push({ path, message, severity: "error" });
    const name = checkName(request.name, wrong);
    const image = checkImage(request, wrong);
    if (request.count !== undefined) {
        checkNumber("--count", request.count, serviceLimits.count, wrong);
    }
    checkNumber("--cpu", request.cpuUnits, serviceLimits.cpuUnits, wrong);
    checkNumber("--memory", request.memoryMiB, serviceLimits.memoryMiB, wrong);
    const port = readPort(request.port, wrong);
    const environment = readPairs("--env", request.env, wrong);
    const secrets = readPairs("--secret", request.secrets, wrong);
    checkSecrets(request, environment, secrets, wrong);
    checkRole("--execution-role", request.executionRole, wrong);
    checkRole("--task-role", request.taskRole, wrong);
    if (request.exec === true && request.taskRole === undefined) {
        wrong("--task-role", missingExecRole);
    }
    checkBalancer(request, wrong);
    if (problems.length > 0) {
        return problems;
    }
    const { count, cpuUnits, memoryMiB, command, executionRole, taskRole, exec, openGroups } = request;
    return {
        ...{ name, image, count, cpuUnits, memoryMiB, port, environment, secrets, command },
        ...{ executionRole, taskRole, exec, openGroups },
        balancer: request.isPublic ? (request.internalOnly ? "internal" : "public") : undefined,
    };
}

export function isProblems(read: ServicePlan | readonly Problem[]): read is readonly Problem[] {
    return Array.isArray(read);
}

type Wrong = (path: string, message: string) => void;

function withSample(given: ServiceRequest): ServiceRequest {
    return given.sample
        ? {
              ...given,
              name: given.name ?? sampleService.name,
              image: given.image ?? sampleService.image,
              port: given.port ?? sampleService.port,
              command: given.command.length === 0 ? sampleService.command : given.command,
          }
        : given;
}

function checkName(name: string | undefined, wrong: Wrong): string {
    if (name === undefined || name === "") {
        wrong("--name", "missing: expected what the service is to be called");
        return "";
    }
    const problem = nameProblem(name);
    if (problem !== undefined) {
        wrong("--name", problem);
    }
    return name;
}

/** API reference, CreateService; shorter, as the names of its parts have the environment's in them. */
function nameProblem(name: string): string | undefined {
    return /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name) && name.length <= serviceLimits.name
        ? undefined
        : `got ${name}, expected up to ${serviceLimits.name} letters, numbers, hyphens and underscores, with a letter or number first`;
}

function checkImage({ image }: ServiceRequest, wrong: Wrong): string {
    if (image === undefined || image === "") {
        wrong("--image", "missing: expected an image such as registry.suse.com/suse/nginx:1.27, or --sample");
        return "";
    }
    const read = readImageReference(image);
    if (typeof read === "string") {
        wrong("--image", `got ${image}, expected ${read}`);
    }
    return image;
}

interface Range {
    readonly least: number;
    readonly most: number;
}

function checkNumber(path: string, value: number, { least, most }: Range, wrong: Wrong): void {
    if (!Number.isInteger(value) || value < least || value > most) {
        wrong(path, `got ${value}, expected a whole number from ${least} to ${most}`);
    }
}

function readPort(text: string | undefined, wrong: Wrong): ServicePlan["port"] {
    if (text === undefined) {
        return undefined;
    }
    const parts = text.split(":").map(Number);
    const { least, most } = serviceLimits.port;
    if (parts.length > 2 || !/^\d+(?::\d+)?$/.test(text) || parts.some((one) => one < least || one > most)) {
        wrong(
            "--port",
            `got ${text}, expected a port of the container such as 8080, or 80:8080 with the host's port first, each from ${least} to ${most}`,
        );
        return undefined;
    }
    const [first = 0, second] = parts;
    return second === undefined ? { container: first } : { container: second, host: first };
}

function readPairs(path: string, given: readonly string[], wrong: Wrong): Record<string, string> {
    const pairs = new Map<string, string>();
    for (const one of given) {
        const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(one) ?? [];
        if (name === undefined || value === undefined) {
            // What stands behind the name may be a secret.
            wrong(
                path,
                `got ${one.split("=")[0] ?? ""}, expected NAME=value with letters, numbers and underscores in its name`,
            );
        } else if (pairs.has(name)) {
            wrong(path, `${name} is there twice`);
        } else {
            pairs.set(name, value);
        }
    }
    return Object.fromEntries(pairs);
}

/** API reference, Secret: of Secrets Manager or of Parameter Store. */
const secretArn = /^arn:[\w-]+:(?:secretsmanager:[\w-]+:\d{12}:secret:.+|ssm:[\w-]+:\d{12}:parameter\/.+)$/;

function checkSecrets(
    { executionRole }: ServiceRequest,
    environment: Readonly<Record<string, string>>,
    secrets: Readonly<Record<string, string>>,
    wrong: Wrong,
): void {
    for (const [name, arn] of Object.entries(secrets)) {
        if (!secretArn.test(arn)) {
            wrong(
                `--secret ${name}`,
                "expected the ARN of a secret of Secrets Manager or of a parameter of Parameter Store",
            );
        }
        if (Object.hasOwn(environment, name)) {
            wrong(`--secret ${name}`, "--env has a variable of that name, too");
        }
    }
    if (Object.keys(secrets).length > 0 && executionRole === undefined) {
        wrong("--execution-role", "missing: the agent reads secrets with the task execution role");
    }
}

/** ECS refuses such a service: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
export const missingExecRole =
    "missing: ECS runs commands only in tasks that have a role, and that may use ssmmessages";

function checkRole(path: string, arn: string | undefined, wrong: Wrong): void {
    if (arn !== undefined && !/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(arn)) {
        wrong(path, `got ${arn}, expected the ARN of a role`);
    }
}

function checkBalancer({ isPublic, internalOnly, openGroups, port }: ServiceRequest, wrong: Wrong): void {
    for (const id of openGroups.filter((one) => !/^sg-[0-9a-f]+$/.test(one))) {
        wrong("--open-group", `got ${id}, expected the id of a security group such as sg-0123456789abcdef0`);
    }
    if (openGroups.length > 0 && !isPublic) {
        wrong("--open-group", "it is opened to the load balancer of --public, and that is not there");
    }
    if (isPublic && port === undefined) {
        wrong("--port", "missing: --public needs the port of the container that the load balancer asks");
    }
    if (internalOnly && !isPublic) {
        wrong("--internal-only", "it is about the load balancer of --public, and that is not there");
    }
}
