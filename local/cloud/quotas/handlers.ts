import type { Handler } from "../cloud";
import { AwsError, jsonResponse } from "../front/apiResponse";

interface GetServiceQuotaInput {
    readonly ServiceCode?: string;
    readonly QuotaCode?: string;
}

/** Every quota of EC2's is the one of vCPUs; of other services moto knows some. */
const getServiceQuota: Handler = (request, cloud) => {
    const { ServiceCode, QuotaCode = "" } = JSON.parse(
        request.body?.toString("utf8") ?? "{}",
    ) as GetServiceQuotaInput;
    if (ServiceCode !== "ec2") {
        return cloud.forward(request);
    }
    if (!/^L-[0-9A-F]{8}$/.test(QuotaCode)) {
        throw new AwsError(
            "NoSuchResourceException",
            "The request failed because the specified quota does not exist.",
        );
    }
    return Promise.resolve(
        jsonResponse({ Quota: { ServiceCode, QuotaCode, Value: cloud.settings.vcpuQuota, Unit: "None" } }),
    );
};

/** Service Quotas. Source: https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html */
export const quotaHandlers: Readonly<Record<string, Handler>> = { GetServiceQuota: getServiceQuota };
