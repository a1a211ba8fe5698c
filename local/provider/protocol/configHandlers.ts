import {
    CheckFailure,
    CheckResponse,
    ConfigureResponse,
    DiffResponse,
    ProviderHandshakeResponse,
    type CheckRequest,
    type ConfigureRequest,
    type DiffRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import type { InputProblem } from "../schema/resourceType";
import { checkConfig, parseConfig } from "./config";
import type { ServerContext } from "./context";
import type { Session } from "./sessions";
import { toProperties, toStruct } from "./struct";

/** Says which parts of the protocol are spoken. Secrets come opened; the engine closes them again by name. */
export function handshake(): ProviderHandshakeResponse {
    const response = new ProviderHandshakeResponse();
    response.setAcceptSecrets(false);
    response.setAcceptResources(false);
    response.setAcceptOutputs(false);
    response.setSupportsAutonamingConfiguration(true);
    return response;
}

/** Checks a provider's settings. */
export function checkSettings(request: CheckRequest): CheckResponse {
    const settings = toProperties(request.getNews());
    const response = new CheckResponse();
    response.setInputs(toStruct(settings));
    response.setFailuresList(failures(checkConfig(settings)));
    return response;
}

/** Problems as the protocol has them. */
export function failures(problems: readonly InputProblem[]): CheckFailure[] {
    return problems.map(({ property, reason }) => {
        const failure = new CheckFailure();
        failure.setProperty(property);
        failure.setReason(reason);
        return failure;
    });
}

/** Says that another region is another provider: all its resources are replaced, as with the official one. */
export function diffSettings(request: DiffRequest): DiffResponse {
    const old = toProperties(request.getOlds())["region"];
    const wanted = toProperties(request.getNews())["region"];
    const response = new DiffResponse();
    const isOtherRegion = old !== undefined && wanted !== undefined && old !== wanted;
    response.setChanges(
        isOtherRegion ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_UNKNOWN,
    );
    response.setReplacesList(isOtherRegion ? ["region"] : []);
    return response;
}

/** Takes a provider's settings. */
export function configure(
    request: ConfigureRequest,
    session: Session,
    context: ServerContext,
): ConfigureResponse {
    session.config = parseConfig(toProperties(request.getArgs()), context.env);
    const response = new ConfigureResponse();
    response.setAcceptsecrets(false);
    response.setSupportspreview(true);
    response.setAcceptresources(false);
    response.setAcceptoutputs(false);
    response.setSupportsAutonamingConfiguration(true);
    return response;
}
