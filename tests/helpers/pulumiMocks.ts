import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import { answer, emptyAccount, type Inputs, type MockAws } from "./mockAws";
import { outputsOf } from "./mockOutputs";

export { emptyAccount, type MockAws };

/** A resource as the program registered it. */
export interface RecordedResource {
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Name of the parent; empty for what stands directly under the stack. */
    readonly parent: string;
    /** Names of everything it depends on, by an input or explicitly. */
    readonly dependsOn: readonly string[];
    readonly deleteBeforeReplace: boolean;
    readonly replaceOnChanges: readonly string[];
    readonly retainOnDelete: boolean;
    readonly ignoreChanges: readonly string[];
    /** Of what the engine takes over; empty for what it makes. */
    readonly importId: string;
}

interface Monitor {
    registerResource(request: RegisterResourceRequest, callback: unknown): unknown;
}

/** Records what a program registers, and answers its functions from a `MockAws`. */
export class Recorder {
    readonly resources: RecordedResource[] = [];
    private readonly requests = new Map<string, Omit<RecordedResource, "type" | "name" | "inputs">>();
    readonly calls: string[] = [];
    /** What the program warned of. */
    readonly warnings: string[] = [];

    /** Starts recording. @param changes how AWS differs from an empty account */
    static async start(changes: Partial<MockAws> = {}, stack = "dev", isPreview = false): Promise<Recorder> {
        const recorder = new Recorder();
        const aws = { ...emptyAccount, ...changes };
        await pulumi.runtime.setMocks(
            {
                newResource: (args) => recorder.record(aws, args),
                call: ({ token, inputs }) => {
                    recorder.calls.push(token);
                    try {
                        return answer(aws, token, inputs as Inputs);
                    } catch (error) {
                        // Of an error, Pulumi's SDK reads what gRPC calls its details.
                        throw Object.assign(error as Error, { details: (error as Error).message });
                    }
                },
            },
            "sles-ecs",
            stack,
            isPreview,
            "organization",
        );
        recorder.listen();
        return recorder;
    }

    /** Resources of a type, such as `aws:ec2/instance:Instance`. */
    ofType(type: string): readonly RecordedResource[] {
        return this.resources.filter((resource) => resource.type === type);
    }

    /** The resource of that type. @throws Error unless there is exactly one */
    only(type: string): RecordedResource {
        const [first, ...more] = this.ofType(type);
        if (first === undefined || more.length > 0) {
            throw new Error(`expected one ${type}, got ${more.length + (first === undefined ? 0 : 1)}`);
        }
        return first;
    }

    named(name: string, type: string): RecordedResource {
        const found = this.ofType(type).find((resource) => resource.name === name);
        if (found === undefined) {
            throw new Error(
                `no ${type} ${name}, got ${this.ofType(type)
                    .map((resource) => resource.name)
                    .join(", ")}`,
            );
        }
        return found;
    }

    /** Real resources, without components and the stack, as sorted `type name` lines. */
    inventory(): string[] {
        return this.resources
            .filter(({ type }) => type.startsWith("aws"))
            .map(({ type, name }) => `${type} ${name}`)
            .sort();
    }

    /** The mocks do not hand over what the engine would get besides the inputs, so it is taken on its way there. */
    private listen(): void {
        // Without an engine, Pulumi would write warnings to the terminal.
        (pulumi.log as { warn: (message: string) => Promise<void> }).warn = (message) => {
            this.warnings.push(message);
            return Promise.resolve();
        };
        const monitor = getMonitor() as Monitor;
        const register = monitor.registerResource.bind(monitor);
        monitor.registerResource = (request, callback) => {
            const nameOf = (urn: string) => urn.split("::").at(-1) ?? urn;
            this.requests.set(`${request.getType()} ${request.getName()}`, {
                parent: nameOf(request.getParent()),
                dependsOn: [...new Set(request.getDependenciesList().map(nameOf))].sort(),
                deleteBeforeReplace: request.getDeletebeforereplace(),
                replaceOnChanges: request.getReplaceonchangesList(),
                retainOnDelete: request.getRetainondelete() === true,
                ignoreChanges: request.getIgnorechangesList(),
                importId: request.getImportid(),
            });
            return register(request, callback);
        };
    }

    private record(aws: MockAws, args: pulumi.runtime.MockResourceArgs) {
        const { type, name } = args;
        const inputs = args.inputs as Inputs;
        const options = this.requests.get(`${type} ${name}`);
        if (options === undefined) {
            throw new Error(`${type} ${name} was never requested`);
        }
        this.resources.push({ type, name, inputs, ...options });
        return { id: `${name}-id`, state: { ...inputs, ...outputsOf(aws, type, name, inputs) } };
    }
}
