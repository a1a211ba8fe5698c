import { randomUUID } from "node:crypto";
import type {
    CancelCommandCommandInput,
    CommandInvocation,
    DescribeInstanceInformationCommandInput,
    GetCommandInvocationCommandInput,
    ListCommandInvocationsCommandInput,
    SendCommandCommandInput,
    StartSessionCommandInput,
    TerminateSessionCommandInput,
} from "@aws-sdk/client-ssm";
import type { ScriptAnswer } from "../../hosts/commands/hostCommand";
import type { Cloud, Handler, SentCommand } from "../cloud";
import type { ApiRequest } from "../front/apiRequest";
import { AwsError, jsonResponse, unsupported } from "../front/apiResponse";

/** Source of this and of what follows: API reference of AWS Systems Manager, the page of each operation. */
const mostInstances = 50;
const documentName = "AWS-RunShellScript";
/** As much as GetCommandInvocation gives of what a script has written. */
const mostOutput = 24_000;
const mostErrors = 8_000;

function inputOf({ body }: ApiRequest): unknown {
    const text = body?.toString("utf8") ?? "";
    return JSON.parse(text === "" ? "{}" : text);
}

const describeInstanceInformation: Handler = async (request, cloud) => {
    const { Filters: filters = [] } = inputOf(request) as DescribeInstanceInformationCommandInput;
    if (filters.some(({ Key }) => Key !== "InstanceIds")) {
        throw unsupported(request);
    }
    const wanted = filters.flatMap(({ Values }) => Values ?? []);
    const hosts = await cloud.hosts.managed(request.region);
    return jsonResponse({
        InstanceInformationList: hosts
            .filter(({ instanceId }) => filters.length === 0 || wanted.includes(instanceId))
            .map(({ instanceId, pingStatus, platform }) => ({
                InstanceId: instanceId,
                PingStatus: pingStatus,
                AgentVersion: "3.3.1802.0",
                PlatformType: "Linux",
                PlatformName: platform,
                ResourceType: "EC2Instance",
            })),
    });
};

/** @throws AwsError InvalidInstanceId for a host that Systems Manager does not reach: nothing is sent to any */
const sendCommand: Handler = async (request, cloud) => {
    const input = inputOf(request) as SendCommandCommandInput;
    const { DocumentName, InstanceIds: ids = [], Parameters: parameters = {}, Comment = "" } = input;
    if (DocumentName !== documentName || input.Targets !== undefined) {
        throw unsupported(request);
    }
    if (ids.length === 0 || ids.length > mostInstances) {
        throw new AwsError("ValidationException", `instanceIds has ${ids.length} members, expected 1 to 50`);
    }
    const online = (await cloud.hosts.managed(request.region))
        .filter(({ pingStatus }) => pingStatus === "Online")
        .map(({ instanceId }) => instanceId);
    if (!ids.every((id) => online.includes(id))) {
        throw new AwsError("InvalidInstanceId", "Instances not in a valid state for account");
    }
    const text = (parameters["commands"] ?? []).join("\n");
    const id = randomUUID();
    const requestedAt = new Date();
    cloud.commands.set(id, {
        region: request.region,
        comment: Comment,
        requestedAt,
        answers: new Map(ids.map((one) => [one, cloud.hosts.runScript(one, text)])),
    });
    return jsonResponse({
        Command: {
            CommandId: id,
            DocumentName,
            Comment,
            InstanceIds: ids,
            Status: "Pending",
            RequestedDateTime: requestedAt.getTime() / 1000,
        },
    });
};

function commandOf({ commands }: Cloud, { region }: ApiRequest, id = ""): SentCommand {
    const command = commands.get(id);
    if (command?.region !== region) {
        throw new AwsError("InvalidCommandId", "");
    }
    return command;
}

/** "There is no guarantee that the command will be terminated": what a host does here takes no time to be stopped in. */
const cancelCommand: Handler = (request, cloud) => {
    commandOf(cloud, request, (inputOf(request) as CancelCommandCommandInput).CommandId);
    return Promise.resolve(jsonResponse({}));
};

const listCommandInvocations: Handler = (request, cloud) => {
    const { CommandId: id = "" } = inputOf(request) as ListCommandInvocationsCommandInput;
    const { answers, comment, requestedAt } = commandOf(cloud, request, id);
    const invocations = [...answers].map(
        ([instanceId, answer]): Omit<CommandInvocation, "RequestedDateTime"> & {
            RequestedDateTime: number;
        } => ({
            CommandId: id,
            InstanceId: instanceId,
            Comment: comment,
            DocumentName: documentName,
            RequestedDateTime: requestedAt.getTime() / 1000,
            Status: answer().status,
            StatusDetails: answer().status,
        }),
    );
    return Promise.resolve(jsonResponse({ CommandInvocations: invocations }));
};

const getCommandInvocation: Handler = (request, cloud) => {
    const { CommandId: id, InstanceId = "" } = inputOf(request) as GetCommandInvocationCommandInput;
    const answer: ScriptAnswer | undefined = commandOf(cloud, request, id).answers.get(InstanceId)?.();
    if (answer === undefined) {
        throw new AwsError("InvocationDoesNotExist", "");
    }
    return Promise.resolve(
        jsonResponse({
            CommandId: id,
            InstanceId,
            DocumentName: documentName,
            PluginName: "aws:runShellScript",
            ResponseCode: answer.exitCode,
            Status: answer.status,
            StatusDetails: answer.status,
            StandardOutputContent: answer.output.slice(0, mostOutput),
            StandardErrorContent: answer.errors.slice(0, mostErrors),
        }),
    );
};

/** The stream itself is not played: who takes the session up finds nobody at its address. */
const startSession: Handler = async (request, cloud) => {
    const { Target = "", DocumentName } = inputOf(request) as StartSessionCommandInput;
    if (DocumentName !== undefined) {
        throw unsupported(request);
    }
    const hosts = await cloud.hosts.managed(request.region);
    if (!hosts.some(({ instanceId, pingStatus }) => instanceId === Target && pingStatus === "Online")) {
        throw new AwsError("TargetNotConnected", `${Target} is not connected.`);
    }
    const SessionId = `local-${randomUUID()}`;
    cloud.sessions.add(SessionId);
    const StreamUrl = `wss://ssmmessages.${request.region}.amazonaws.com/v1/data-channel/${SessionId}`;
    return jsonResponse({ SessionId, StreamUrl, TokenValue: randomUUID() });
};

const terminateSession: Handler = (request, cloud) => {
    const { SessionId = "" } = inputOf(request) as TerminateSessionCommandInput;
    if (!cloud.sessions.delete(SessionId)) {
        throw new AwsError("DoesNotExistException", `Session ${SessionId} does not exist`);
    }
    return Promise.resolve(jsonResponse({ SessionId }));
};

/** Run Command and sessions of AWS Systems Manager. What else there is of it, such as parameters, is moto's. */
export const ssmHandlers: Readonly<Record<string, Handler>> = {
    CancelCommand: cancelCommand,
    DescribeInstanceInformation: describeInstanceInformation,
    GetCommandInvocation: getCommandInvocation,
    ListCommandInvocations: listCommandInvocations,
    SendCommand: sendCommand,
    StartSession: startSession,
    TerminateSession: terminateSession,
};
