import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import type { ApiResponse } from "../front/apiResponse";

/**
 * The same request with the same token makes nothing more; another request with it is refused.
 * Source: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html, of the code; the words are those that ECS
 * and EC2 are reported to use, and for RunInstances unverified.
 */
export async function oncePerToken(
    { launches, locks }: Pick<Cloud, "launches" | "locks">,
    region: string,
    form: URLSearchParams,
    launch: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
    const token = form.get("ClientToken");
    if (token === null || token === "") {
        return launch();
    }
    const key = `token ${region} ${token}`;
    const asked = [...form]
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join("&");
    return locks.run(key, async () => {
        const earlier = launches.get(key);
        if (earlier === undefined) {
            const response = await launch();
            if (response.status < 300) {
                launches.set(key, { asked, response });
            }
            return response;
        }
        if (earlier.asked !== asked) {
            throw new AwsError(
                "IdempotentParameterMismatch",
                `Arguments on this idempotent request are inconsistent with arguments used in previous request(s).`,
            );
        }
        return earlier.response;
    });
}
