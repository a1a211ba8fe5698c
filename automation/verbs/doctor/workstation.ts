import { setTimeout as sleep } from "node:timers/promises";

import { command, type Line } from "../../../components/model/commandLine";
import { isRegion } from "../../../components/model/region";
import type { CommonOptions } from "../../command/command";
import { formatSeconds } from "../../output/durations";
import type { AwsTarget, Context } from "../../ports/context";
import { openProject } from "../../settings/project";
import { awsTarget } from "../../settings/environmentSettings";
import { findPulumi, setupOf, type PulumiCli } from "../../setup";
import { readPackageFile } from "../../setup/packageFile";
import { installedPlugins } from "../../setup/plugins";
import { requireSdks, sdkVersion } from "../../setup/sdks";
import { isAtLeast } from "../../setup/versions";
import type { Check } from "./check";
import { proxyChecks } from "./proxyChecks";

export interface Workstation {
    readonly checks: readonly Check[];
}

type Request = Pick<CommonOptions, "projectDirectory">;

/** AWS refuses requests whose clock is further away (IAM user guide, "Signature Version 4", on time stamps). */
const longestSkewSeconds = 300;
/** Credentials that end sooner do not outlive a first `up`. */
const shortestCredentialSeconds = 1800;
/** What a first `up` of a few hosts takes, and more than a reader of the clock can mistake. */
const doubtfulSkewSeconds = 60;

/** Longer than anything here takes that answers at all. */
const longestSeconds = 20;

/** One check that has broken or not come to an end; it hides none of the others. */
type Settle = <T>(
    what: string,
    work: () => Promise<T>,
    then: (found: T) => readonly Check[],
) => Promise<readonly Check[]>;

/**
 * Looks at this machine for what `up` needs. Changes nothing, fetches nothing, and needs no project. Each check has its own
 * end: one that throws or does not answer hides none of the others.
 * @param longest how long each of them may take
 */
export async function checkWorkstation(
    request: Request,
    context: Context,
    longest = longestSeconds,
): Promise<Workstation> {
    const settle = settler(longest);
    const missing = await settle(
        "Pulumi SDKs",
        () => Promise.resolve().then(requireSdks),
        () => [],
    );
    // What needs them would say it again.
    const cli = missing.length > 0 ? undefined : withinSeconds(longest, () => findPulumi(setupOf(context)));
    const [ofPulumi, ofAws, ofProxy, ofBackend] = await Promise.all([
        cli === undefined ? missing : pulumi(cli, context, settle),
        aws(request, context, settle),
        settle(
            "proxy",
            async () => proxyChecks(await regionOf(request, context), context),
            (checks) => checks,
        ),
        backend(request, cli, context, settle),
    ]);
    return { checks: [node(), ...ofPulumi, ...ofAws, ...ofProxy, ...ofBackend] };
}

function settler(longest: number): Settle {
    return async (what, work, then) => {
        try {
            return then(await withinSeconds(longest, work));
        } catch (error) {
            const { message, hint }: { message: string; hint?: Line } =
                error instanceof Error ? error : { message: String(error) };
            return [{ what, verdict: "bad", found: message, remedy: hint }];
        }
    };
}

/** @throws Error when the time is over; what is under way then is left to itself */
async function withinSeconds<T>(seconds: number, work: () => Promise<T>): Promise<T> {
    const over = new AbortController();
    const limit = sleep(seconds * 1000, undefined, { signal: over.signal, ref: false }).then(() => {
        throw new Error(`no answer within ${formatSeconds(seconds)}`);
    });
    try {
        return await Promise.race([work(), limit]);
    } finally {
        limit.catch(() => undefined);
        over.abort();
    }
}

function node(): Check {
    const wanted = readPackageFile().engines.node.replace(">=", "");
    const found = `${process.versions.node} (expected ${wanted} or newer)`;
    return isAtLeast(process.versions.node, wanted)
        ? good("Node.js", found)
        : { what: "Node.js", verdict: "bad", found, remedy: "install a newer Node.js: https://nodejs.org" };
}

async function pulumi(
    cli: Promise<PulumiCli | undefined>,
    context: Context,
    settle: Settle,
): Promise<readonly Check[]> {
    const checks = await Promise.all([
        settle(
            "Pulumi CLI",
            () => cli,
            (found) => [pulumiCli(found)],
        ),
        settle(
            "provider plugins",
            async () => plugins(await cli, context),
            (found) => found,
        ),
    ]);
    return checks.flat();
}

function pulumiCli(found: PulumiCli | undefined): Check {
    return found === undefined
        ? {
              what: "Pulumi CLI",
              verdict: "doubtful",
              found: "not there yet; the first command that needs it fetches it",
              remedy: "https://www.pulumi.com/docs/iac/download-install/",
          }
        : good("Pulumi CLI", `${found.version} (${found.command})`);
}

/** The providers that the components need, in the versions of the SDKs that are installed. */
const providers = { aws: "@pulumi/aws", awsx: "@pulumi/awsx" } as const;

async function plugins(cli: PulumiCli | undefined, context: Context): Promise<readonly Check[]> {
    if (cli === undefined) {
        return [];
    }
    const installed = await installedPlugins(setupOf(context), cli).catch(() => []);
    return Object.entries(providers).map(([name, packageName]) => {
        const version = sdkVersion(packageName);
        const what = `provider plugin ${name}`;
        const port = attachedPort(context.env, name);
        if (port !== undefined) {
            return good(what, `runs already, at port ${port} (PULUMI_DEBUG_PROVIDERS)`);
        }
        return installed.some((one) => one.name === name && one.version === version)
            ? good(what, version)
            : {
                  what,
                  ...missingPlugin(context.env, version),
                  remedy: `pulumi plugin install resource ${name} v${version}`,
              };
    });
}

/** Where a provider runs that the engine takes in place of a plugin, as on the local cloud: `name:port`, separated by commas. */
function attachedPort(env: Context["env"], name: string): string | undefined {
    const pairs = (env["PULUMI_DEBUG_PROVIDERS"] ?? "").split(",").map((pair) => pair.split(":"));
    return pairs.find(([provider]) => provider === name)?.[1];
}

function missingPlugin(env: Context["env"], version: string): Pick<Check, "verdict" | "found"> {
    return /^(1|true)$/i.test(env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] ?? "")
        ? {
              verdict: "bad",
              found: `${version} is not there, and PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION keeps Pulumi from fetching it`,
          }
        : { verdict: "doubtful", found: `${version} is not there yet; Pulumi fetches it at the first up` };
}

function placeOf(request: Request, context: Context): Promise<AwsTarget> {
    return openProject(context, request.projectDirectory).then(
        ({ config }) => awsTarget(config),
        () => ({}),
    );
}

/** For names of AWS's hosts; which region it is matters to hardly any proxy. */
async function regionOf(request: Request, context: Context): Promise<string> {
    try {
        return await (await context.loadAws(await placeOf(request, context))).identity.region();
    } catch {
        return "us-east-1";
    }
}

async function aws(request: Request, context: Context, settle: Settle): Promise<readonly Check[]> {
    const connected = placeOf(request, context)
        .then((place) => context.loadAws(place))
        .then(({ identity }) => identity);
    const caller = await settle(
        "credentials",
        async () => (await connected).caller(),
        ({ arn, accountId, region: name }) => [
            good("credentials", `${arn} in account ${accountId}`),
            region(name),
        ],
    );
    if (caller.some(({ what, verdict }) => what === "credentials" && verdict === "bad")) {
        // The others are asked with the same credentials, and would say it again.
        return caller;
    }
    const [end, time] = await Promise.all([
        settle(
            "credentials' end",
            async () => (await connected).credentialsExpireAt(),
            (expiresAt) => (expiresAt === undefined ? [] : [expiry(expiresAt, context.clock.now())]),
        ),
        settle(
            "clock",
            async () => (await connected).time(),
            (there) => [clock((context.clock.now().getTime() - there.getTime()) / 1000)],
        ),
    ]);
    const [credentials, ...others] = caller;
    return [...[credentials ?? []].flat(), ...end, ...others, ...time];
}

function expiry(expiresAt: Date, now: Date): Check {
    const left = (expiresAt.getTime() - now.getTime()) / 1000;
    const found = left <= 0 ? "over" : `good for ${formatSeconds(left)}`;
    return left < shortestCredentialSeconds
        ? {
              what: "credentials' end",
              verdict: left <= 0 ? "bad" : "doubtful",
              found,
              remedy: "sign in again",
          }
        : good("credentials' end", found);
}

function region(name: string): Check {
    return isRegion(name)
        ? good("region", name)
        : {
              what: "region",
              verdict: "doubtful",
              found: `${name}, which is no region of AWS that is known here`,
              remedy: "export AWS_REGION=<region>",
          };
}

/** @param ahead seconds by which this machine's clock is ahead of AWS's */
function clock(ahead: number): Check {
    const off = Math.abs(ahead);
    const found = off < 1 ? "as AWS's" : `${formatSeconds(off)} ${ahead > 0 ? "ahead of" : "behind"} AWS's`;
    return off < doubtfulSkewSeconds
        ? good("clock", found)
        : {
              what: "clock",
              verdict: off < longestSkewSeconds ? "doubtful" : "bad",
              found,
              remedy: "timedatectl set-ntp true",
          };
}

/** Only in a project there is a backend to ask, and only by the Pulumi CLI. */
async function backend(
    request: Request,
    cli: Promise<PulumiCli | undefined> | undefined,
    context: Context,
    settle: Settle,
): Promise<readonly Check[]> {
    const project = await openProject(context, request.projectDirectory).catch(() => undefined);
    if (project === undefined) {
        return [
            { what: "project", verdict: "doubtful", found: "no Pulumi.yaml here", remedy: command("init") },
        ];
    }
    const found = [good("project", `${project.name} (${project.directory})`)];
    if ((await cli?.catch(() => undefined)) === undefined) {
        return found;
    }
    const list = async () => {
        const engine = await context.loadEngine({ projectDirectory: project.directory });
        return engine.list();
    };
    const answer = await settle("state backend", list, ({ length }) => [
        good("state backend", `answers, with ${length} of this project's environments`),
    ]);
    return [...found, ...answer];
}

function good(what: string, found: string): Check {
    return { what, verdict: "good", found };
}
