import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";

import type { QuotaService } from "../ports/limitServices";
import { unless } from "./collect";
import type { AwsSession } from "./session";

export function createQuotaService(session: AwsSession): QuotaService {
    const client = session.connect(
        new ServiceQuotasClient(session.configuration("SERVICE_QUOTAS")),
        "SERVICE_QUOTAS",
        "servicequotas",
    );
    return {
        ofEc2: async (QuotaCode) => {
            const answer = await unless(["NoSuchResourceException"], undefined, () =>
                client.send(new GetServiceQuotaCommand({ ServiceCode: "ec2", QuotaCode })),
            );
            return answer?.Quota?.Value;
        },
    };
}
