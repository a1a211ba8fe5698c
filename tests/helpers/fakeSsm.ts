import type { Aws } from "../../automation/ports/awsServices";
import type { Invocation, InvocationOutput, ShellScript } from "../../automation/ports/ssmService";
import type { Change, FakeAwsState, Read } from "./fakeAws";

/** What becomes of a script on one host. */
export type FakeShell = (
    instanceId: string,
    script: ShellScript,
    state: FakeAwsState,
) => Partial<Invocation & InvocationOutput>;

/** Systems Manager of a fake account: scripts are over as soon as they are sent. */
export function fakeSsm(state: FakeAwsState, read: Read, change: Change): Aws["ssm"] {
    const commands: (Invocation & InvocationOutput)[][] = [];
    const of = (id: string) => commands[Number(id)] ?? [];
    return {
        managedNodes: (ids) =>
            read("ssm.managedNodes", () =>
                Object.entries(state.managedNodes)
                    .filter(([id]) => ids.includes(id))
                    .map(([instanceId, pingStatus]) => ({ instanceId, pingStatus, agentVersion: "3.3.1" })),
            ),
        runShellScript: async (ids, script) => {
            await change("ssm.runShellScript", `${script.comment} on ${ids.join(",")}`, () => {
                commands.push(
                    ids.map((instanceId) => ({
                        instanceId,
                        ...{
                            status: "Success",
                            statusDetails: "Success",
                            output: "",
                            errors: "",
                            exitCode: 0,
                        },
                        ...state.shell(instanceId, script, state),
                    })),
                );
            });
            return String(commands.length - 1);
        },
        startSession: async (id) => {
            await change("ssm.startSession", id, () => undefined);
            const { region } = state;
            const endpoint = `https://ssm.${region}.amazonaws.com`;
            return {
                sessionId: `session-${id}`,
                streamUrl: "wss://stream",
                tokenValue: "secret",
                region,
                endpoint,
            };
        },
        terminateSession: (id) => change("ssm.terminateSession", id, () => undefined),
        cancelCommand: (id) => change("ssm.cancelCommand", id, () => undefined),
        invocations: (id) => read("ssm.invocations", () => of(id)),
        invocationOutput: (id, instanceId) =>
            read("ssm.invocationOutput", () => of(id).find((one) => one.instanceId === instanceId)),
    };
}
