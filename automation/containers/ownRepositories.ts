import { command, line, type CommandLine } from "../../components/model/commandLine";
import { isPrivateEcr, readEcrReference } from "../../components/model/containers/ecrReference";
import { isOpenToEveryone, licenceReason, type Licence } from "../../components/model/containers/licence";
import { carries, proofOf } from "../../components/model/tags";
import type { OpenTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Repository } from "../ports/ecrService";

/** Names in ECR and addresses without a tag, by names in the settings. */
export type OwnRepositories = ReadonlyMap<string, { readonly name: string; readonly url: string }>;

/** An environment's repositories as its state has them. */
export async function repositoriesOf({
    environment,
    stack,
}: Pick<OpenTarget, "environment" | "stack">): Promise<OwnRepositories> {
    const { repositoryUrls } = await stack.outputs();
    const urls = typeof repositoryUrls === "object" && repositoryUrls !== null ? repositoryUrls : {};
    const names = Object.entries(urls).map(
        ([name, url]) =>
            [name, { name: String(url).slice(String(url).indexOf("/") + 1), url: String(url) }] as const,
    );
    if (names.length === 0) {
        throw new AppError("REPOSITORY_MISSING", {
            message: `${environment} has no repositories: nothing of containerRegistry is up`,
            hint: line`${command("up", environment, "--set", 'containerRegistry.repositories=["web"]')}`,
        });
    }
    return new Map(names);
}

/**
 * The repository that is meant, by its name in the settings, its name in ECR or its address. Whatever is in no private registry of
 * Amazon ECR is refused with the licence's reason, for nobody knows yet what is to be pushed.
 * @param to @default - the one that is called as the image, or the only one
 * @throws AppError PUBLIC_REGISTRY_REFUSED, REPOSITORY_NOT_FOUND
 */
export function chooseRepository(
    environment: string,
    repositories: OwnRepositories,
    to: string | undefined,
    imageName: string,
): string {
    const list = command("containers", "list", environment);
    if (to === undefined) {
        const only = repositories.size === 1 ? [...repositories.values()][0] : undefined;
        const found = (repositories.get(imageName) ?? only)?.name;
        if (found === undefined) {
            throw notFound(`no repository is called ${imageName}, and there are several`, repositories, list);
        }
        return found;
    }
    const [first = ""] = to.split("/");
    const isAddress = /[.:]/.test(first) && to.includes("/") && !repositories.has(to);
    if (isAddress && !isPrivateEcr(first)) {
        throw new AppError("PUBLIC_REGISTRY_REFUSED", {
            message: `${to} is in no private registry of Amazon ECR: ${licenceReason}`,
            hint: list,
        });
    }
    const all = [...repositories.values()];
    const found = isAddress
        ? all.find(({ url }) => isSamePlace(url, to))
        : (repositories.get(to) ?? all.find(({ name }) => name === to));
    if (found === undefined) {
        const tag = /^[^@]*:([^:/@]+)$/.exec(to)?.[1];
        const more =
            tag !== undefined
                ? `, whose tag --tag ${tag} would say`
                : to.includes("@")
                  ? ", with a digest"
                  : "";
        throw notFound(`got ${to}${more}`, repositories, list);
    }
    return found.name;
}

/**
 * Whether an address without tag and digest is of a repository: an account has the same registry under several names, also by
 * IPv6.
 */
function isSamePlace(url: string, to: string): boolean {
    const [own, meant] = [readEcrReference(url), readEcrReference(to)];
    return (
        own !== undefined &&
        meant !== undefined &&
        !/[:@]/.test(to) &&
        own.accountId === meant.accountId &&
        own.region === meant.region &&
        own.repository === meant.repository
    );
}

function notFound(what: string, repositories: OwnRepositories, hint: CommandLine): AppError {
    return new AppError("REPOSITORY_NOT_FOUND", {
        message: `${what}, expected one of the environment's repositories: ${[...repositories.keys()].join(", ")}`,
        hint,
    });
}

/**
 * Looks whether the repository is there, is this environment's, and is no door to everybody for what the licence keeps in.
 * @throws AppError REPOSITORY_NOT_FOUND, REPOSITORY_OF_OTHERS, PUBLIC_REGISTRY_REFUSED
 */
export async function requireRepository(
    { aws, owner, environment }: Pick<OpenTarget, "aws" | "owner" | "environment">,
    name: string,
    licence: Licence,
): Promise<Repository> {
    const [found, policy] = await Promise.all([aws.ecr.repository(name), aws.ecr.policy(name)]);
    if (found === undefined) {
        throw new AppError("REPOSITORY_NOT_FOUND", {
            message: `the repository ${name} is gone`,
            hint: command("refresh", environment),
        });
    }
    if (!carries(found.tags, proofOf(owner))) {
        throw new AppError("REPOSITORY_OF_OTHERS", {
            message: `the repository ${name} is not of ${environment}: its tags name another environment, or none`,
            hint: command("containers", "list", environment),
        });
    }
    if (licence !== "free" && isOpenToEveryone(policy)) {
        throw new AppError("PUBLIC_REGISTRY_REFUSED", {
            message: `the policy of the repository ${name} lets everybody pull, which makes it a public one: ${licenceReason}`,
            hint: command("up", environment),
        });
    }
    return found;
}
