import {
    CancelCommandCommand,
    GetCommandInvocationCommand,
    paginateDescribeInstanceInformation,
    paginateListCommandInvocations,
    SendCommandCommand,
    SSMClient,
    StartSessionCommand,
    TerminateSessionCommand,
} from "@aws-sdk/client-ssm";

import { placeOf } from "../../components/model/location";
import { deliverySeconds, type SsmService } from "../ports/ssmService";
import { chunks, collect, unless } from "./collect";
import type { AwsSession } from "./session";

/** Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstanceInformationStringFilter.html */
const mostFilterValues = 100;

export function createSsmService(session: AwsSession): SsmService {
    const client = session.connect(new SSMClient(session.configuration("SSM")), "SSM", "ssm");
    return {
        managedNodes: async (instanceIds) => {
            const parts = await Promise.all(
                chunks(instanceIds, mostFilterValues).map((Values) =>
                    collect(
                        paginateDescribeInstanceInformation(
                            { client },
                            { Filters: [{ Key: "InstanceIds", Values }] },
                        ),
                        (page) => page.InstanceInformationList,
                    ),
                ),
            );
            return parts.flat().map(({ InstanceId = "", PingStatus = "", AgentVersion }) => ({
                instanceId: InstanceId,
                pingStatus: PingStatus,
                agentVersion: AgentVersion,
            }));
        },
        runShellScript: async (instanceIds, { text, comment, timeoutSeconds }) => {
            const { Command } = await client.send(
                new SendCommandCommand({
                    DocumentName: "AWS-RunShellScript",
                    InstanceIds: [...instanceIds],
                    Comment: comment,
                    TimeoutSeconds: deliverySeconds,
                    Parameters: { commands: text.split("\n"), executionTimeout: [String(timeoutSeconds)] },
                }),
            );
            return Command?.CommandId ?? "";
        },
        ...createSessions(client, session),
        cancelCommand: (CommandId) => cancelCommand(client, CommandId),
        invocations: async (CommandId) => {
            const found = await collect(
                paginateListCommandInvocations({ client }, { CommandId }),
                (page) => page.CommandInvocations,
            );
            return found.map(({ InstanceId = "", Status = "", StatusDetails = "" }) => ({
                instanceId: InstanceId,
                status: Status,
                statusDetails: StatusDetails,
            }));
        },
        invocationOutput: async (CommandId, InstanceId) => {
            const answer = await unless(["InvocationDoesNotExist"], undefined, () =>
                client.send(new GetCommandInvocationCommand({ CommandId, InstanceId })),
            );
            return answer === undefined
                ? undefined
                : {
                      output: answer.StandardOutputContent ?? "",
                      errors: answer.StandardErrorContent ?? "",
                      exitCode: answer.ResponseCode ?? -1,
                  };
        },
    };
}

async function cancelCommand(client: SSMClient, CommandId: string): Promise<void> {
    await client.send(new CancelCommandCommand({ CommandId }));
}

function createSessions(
    client: SSMClient,
    session: AwsSession,
): Pick<SsmService, "startSession" | "terminateSession"> {
    return {
        startSession: async (Target) => {
            const answer = await client.send(new StartSessionCommand({ Target }));
            const { SessionId = "", StreamUrl = "", TokenValue = "" } = answer;
            const region = await client.config.region();
            const endpoint = session.configuration("SSM").endpoint ?? publicEndpoint(region);
            return { sessionId: SessionId, streamUrl: StreamUrl, tokenValue: TokenValue, region, endpoint };
        },
        terminateSession: async (SessionId) => {
            await unless(["DoesNotExistException"], undefined, () =>
                client.send(new TerminateSessionCommand({ SessionId })),
            );
        },
    };
}

/** Source: https://docs.aws.amazon.com/general/latest/gr/ssm.html */
function publicEndpoint(region: string): string {
    return `https://ssm.${region}.${placeOf(region).domain}`;
}
