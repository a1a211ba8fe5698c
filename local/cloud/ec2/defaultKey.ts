import type { Handler } from "../cloud";
import { ec2Response } from "../front/apiResponse";

/** The key of AWS's own that EBS uses unless somebody chooses another. Source: API reference, GetEbsDefaultKmsKeyId */
const managedKey = "alias/aws/ebs";

/** moto takes a default key and does not tell it. */
export const defaultKeyHandlers: Readonly<Record<string, Handler>> = {
    GetEbsDefaultKmsKeyId: (request, { ebsKeys }) =>
        Promise.resolve(ec2Response(request, { kmsKeyId: ebsKeys.get(request.region) ?? managedKey })),
    ModifyEbsDefaultKmsKeyId: async (request, cloud) => {
        const response = await cloud.forward(request);
        const [, key] = /<kmsKeyId>([^<]+)</.exec(response.body.toString("utf8")) ?? [];
        if (response.status < 300 && key !== undefined) {
            cloud.ebsKeys.set(request.region, key);
        }
        return response;
    },
    ResetEbsDefaultKmsKeyId: (request, { ebsKeys }) => {
        ebsKeys.delete(request.region);
        return Promise.resolve(ec2Response(request, { kmsKeyId: managedKey }));
    },
};
