/** A host as AWS Systems Manager (SSM) knows it. */
export interface ManagedNode {
    readonly instanceId: string;
    /** SSM's word: `Online`, `ConnectionLost`, `Inactive`. */
    readonly pingStatus: string;
    /** Version of the SSM agent. */
    readonly agentVersion?: string;
}

/** A shell script for hosts, run as root. */
export interface ShellScript {
    readonly text: string;
    /** What it is for, as SSM's console shows it; at most 100 characters. */
    readonly comment: string;
    readonly timeoutSeconds: number;
}

/**
 * How long a script may take to get to a host; one that has not begun by then never runs. The shortest that SendCommand takes is
 * half of it, its own default an hour (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html).
 */
export const deliverySeconds = 60;

/** What has become of a script on one host. */
export interface Invocation {
    readonly instanceId: string;
    /** SSM's word, such as `Pending`, `InProgress`, `Success`, `Failed` or `TimedOut`. */
    readonly status: string;
    /** More of it, such as `DeliveryTimedOut` or `Undeliverable`. */
    readonly statusDetails: string;
}

/** What a script has written on one host. */
export interface InvocationOutput {
    /** At most 24,000 characters from the beginning (API reference, GetCommandInvocation). */
    readonly output: string;
    /** At most 8,000. */
    readonly errors: string;
    /** The script's exit code; -1 where it has not run. */
    readonly exitCode: number;
}

/** A session on a host, as the Session Manager plugin takes it up. */
export interface ShellSession {
    readonly sessionId: string;
    readonly streamUrl: string;
    /** Whoever has it is in the session. */
    readonly tokenValue: string;
    readonly region: string;
    /** Where Systems Manager was asked. */
    readonly endpoint: string;
}

/** What of AWS Systems Manager is used beside Parameter Store. */
export interface SsmService {
    /** Those of these instances that Systems Manager knows, in as few queries as it takes. */
    managedNodes(instanceIds: readonly string[]): Promise<readonly ManagedNode[]>;
    /**
     * Has hosts run a script, by AWS's document `AWS-RunShellScript`.
     * @param instanceIds at most 50
     * @returns id of the command
     */
    runShellScript(instanceIds: readonly string[], script: ShellScript): Promise<string>;
    /** Asks for the end of a command; a host that has begun may still come to its end. */
    cancelCommand(commandId: string): Promise<void>;
    /** How a command stands on its hosts; those that it has not come to yet may be missing. */
    invocations(commandId: string): Promise<readonly Invocation[]>;
    /** What a command has written on one host; undefined until it has come there. */
    invocationOutput(commandId: string, instanceId: string): Promise<InvocationOutput | undefined>;
    /** Begins a session with a shell on a host. */
    startSession(instanceId: string): Promise<ShellSession>;
    /** Ends a session; one that is over is no error. */
    terminateSession(sessionId: string): Promise<void>;
}

/** A text in Parameter Store of Systems Manager. */
export interface Parameter {
    /** With its path, such as `/sles-ecs/locks/<stack id>/<id>`. */
    readonly name: string;
    readonly value: string;
    /** By AWS's clock. */
    readonly changedAt: Date;
}

export interface ParameterService {
    /** The parameters whose name begins with a path, and has one part more. */
    below(path: string): Promise<readonly Parameter[]>;
    /** Those of these names that there is no parameter of, whatever it is worth. */
    missing(names: readonly string[]): Promise<readonly string[]>;
    /** Creates a parameter, or gives it another value. */
    put(name: string, value: string): Promise<void>;
    /** One that is gone is no error. */
    remove(name: string): Promise<void>;
}
