import { egressOf, type Destination } from "../../../../components/model/egress";
import { openToRead, type SettingsDoubt } from "../../../environment/reading";
import { requireKnown } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import type { Context } from "../../../ports/context";
import type { NetworkRequest } from "../show/show";

export interface NetworkRequirements extends SettingsDoubt {
    readonly environment: string;
    readonly region: string;
    readonly destinations: readonly Destination[];
    /** Why pint's answer is not a new one; missing where it is. */
    readonly remark?: string;
}

/** Everything that hosts of an environment go to. @throws AppError PINT_UNAVAILABLE, as the list would not be whole */
export async function findRequirements(
    request: NetworkRequest,
    context: Context,
): Promise<NetworkRequirements> {
    const target = await openToRead(context, request);
    await requireKnown(target);
    const region = await target.aws.identity.region();
    const answer = await (await context.loadPint()).servers({ region });
    if (answer.kind === "unavailable") {
        const message = `the addresses of SUSE's servers for ${region} are not known: ${answer.reason}`;
        throw new AppError("PINT_UNAVAILABLE", { message });
    }
    return {
        environment: request.environment,
        settingsInvalid: target.settingsInvalid,
        region,
        destinations: egressOf(region, answer.servers),
        remark: answer.reason,
    };
}
