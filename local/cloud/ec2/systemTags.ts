import type { Handler } from "../cloud";
import { formOf } from "../front/apiRequest";
import { AwsError } from "../front/apiResponse";

/**
 * Tags of AWS's own are nobody else's to write or to take away; the code and the words of the refusal are unverified.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 */
const changeTags: Handler = (request, cloud) => {
    const isReserved = [...formOf(request)].some(
        ([name, value]) => /^Tag\.\d+\.Key$/.test(name) && value.toLowerCase().startsWith("aws:"),
    );
    if (isReserved) {
        throw new AwsError(
            "InvalidParameterValue",
            "Tag keys starting with 'aws:' are reserved for internal use",
        );
    }
    return cloud.forward(request);
};

/** Actions that are about tags, by name. */
export const tagHandlers: Readonly<Record<string, Handler>> = {
    CreateTags: changeTags,
    DeleteTags: changeTags,
};
