import {
    DeleteParameterCommand,
    GetParametersCommand,
    paginateGetParametersByPath,
    PutParameterCommand,
    SSMClient,
} from "@aws-sdk/client-ssm";

import type { ParameterService } from "../ports/ssmService";
import { chunks, collect, unless } from "./collect";
import type { AwsSession } from "./session";

// GetParameters takes 10 at once (API reference).
const namesPerCall = 10;

const gone = ["ParameterNotFound"];

export function createParameterService(session: AwsSession): ParameterService {
    const client = session.connect(new SSMClient(session.configuration("SSM")), "SSM", "ssm");
    return {
        below: async (Path) => {
            const found = await collect(
                paginateGetParametersByPath({ client }, { Path }),
                (page) => page.Parameters,
            );
            return found.map(({ Name = "", Value = "", LastModifiedDate }) => ({
                name: Name,
                value: Value,
                changedAt: LastModifiedDate ?? new Date(0),
            }));
        },
        missing: async (names) => {
            const answers = await Promise.all(
                chunks([...new Set(names)], namesPerCall).map((Names) =>
                    client.send(new GetParametersCommand({ Names, WithDecryption: false })),
                ),
            );
            return answers.flatMap(({ InvalidParameters = [] }) => InvalidParameters);
        },
        put: async (Name, Value) => {
            await client.send(new PutParameterCommand({ Name, Value, Type: "String", Overwrite: true }));
        },
        remove: async (Name) => {
            await unless(gone, undefined, () => client.send(new DeleteParameterCommand({ Name })));
        },
    };
}
