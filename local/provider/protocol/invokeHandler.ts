import { InvokeResponse, type InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { functionType } from "../functions";
import { checkArguments } from "../schema/check";
import type { Properties } from "../schema/property";
import { failures } from "./configHandlers";
import { configOf, type ServerContext } from "./context";
import type { Session } from "./sessions";
import { toProperties, toStruct } from "./struct";

/** Runs a function of the package. */
export async function invoke(
    request: InvokeRequest,
    session: Session,
    context: ServerContext,
): Promise<InvokeResponse> {
    const called = functionType(request.getTok());
    const config = configOf(session);
    const { inputs, problems } = checkArguments(called.token, called.inputs, toProperties(request.getArgs()));
    const response = new InvokeResponse();
    if (problems.length > 0) {
        response.setFailuresList(failures(problems));
        return response;
    }
    const region = typeof inputs["region"] === "string" ? inputs["region"] : config.region;
    const answer = await called.run(
        {
            region,
            aws: context.pool.in(region),
            signal: session.abort.signal,
            tags: {},
            timeoutSeconds: undefined,
        },
        inputs,
    );
    const given = called.inputs["region"] === undefined ? inputs : { ...inputs, region };
    response.setReturn(toStruct({ ...given, ...(JSON.parse(JSON.stringify(answer)) as Properties) }));
    return response;
}
