import type { EcrService, Repository } from "../../automation/ports/ecrService";
import type { Change, Read } from "./fakeAws";
import { without } from "./fakeGroupProviders";

/** Private repositories of a fake account. */
export interface FakeRegistry {
    /** By name. */
    repositories: Record<string, Pick<Repository, "images" | "tags" | "kmsKeyId">>;
}

export const noRegistry = (): FakeRegistry => ({ repositories: {} });

export function fakeEcr(state: FakeRegistry, read: Read, change: Change): EcrService {
    return {
        repository: (name) =>
            read("ecr.repository", () => {
                const found = state.repositories[name];
                return (
                    found && {
                        ...found,
                        name,
                        arn: `arn:aws:ecr:eu-central-1:123456789012:repository/${name}`,
                        url: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${name}`,
                    }
                );
            }),
        removeRepository: (name) =>
            change("ecr.removeRepository", name, () => {
                state.repositories = without(state.repositories, name);
            }),
    };
}
