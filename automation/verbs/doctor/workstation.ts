import { command } from "../../../components/model/commandLine";
import { isRegion } from "../../../components/model/region";
import type { CommonOptions } from "../../command/command";
import { AppError } from "../../errors/appError";
import { formatSeconds } from "../../output/durations";
import type { AwsTarget, Context } from "../../ports/context";
import { openProject } from "../../settings/project";
import { awsTarget } from "../../settings/environmentSettings";
import { findPulumi, setupOf, type PulumiCli } from "../../setup";
import { readPackageFile } from "../../setup/packageFile";
import { installedPlugins } from "../../setup/plugins";
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

/** Looks at this machine for what `up` needs. Changes nothing, fetches nothing, and needs no project. */
export async function checkWorkstation(request: Request, context: Context): Promise<Workstation> {
    const pulumi = await findPulumi(setupOf(context));
    const [pluginChecks, awsChecks, ways, backendChecks] = await Promise.all([
        plugins(pulumi, context),
        aws(request, context),
        proxyChecks(await regionOf(request, context), context),
        backend(request, pulumi, context),
    ]);
    return {
        checks: [node(), pulumiCli(pulumi), ...pluginChecks, ...awsChecks, ...ways, ...backendChecks],
    };
}

function node(): Check {
    const wanted = readPackageFile().engines.node.replace(">=", "");
    const found = `${process.versions.node} (expected ${wanted} or newer)`;
    return isAtLeast(process.versions.node, wanted)
        ? good("Node.js", found)
        : { what: "Node.js", verdict: "bad", found, remedy: "install a newer Node.js: https://nodejs.org" };
}

function pulumiCli(pulumi: PulumiCli | undefined): Check {
    return pulumi === undefined
        ? {
              what: "Pulumi CLI",
              verdict: "doubtful",
              found: "not there yet; the first command that needs it fetches it",
              remedy: "https://www.pulumi.com/docs/iac/download-install/",
          }
        : good("Pulumi CLI", `${pulumi.version} (${pulumi.command})`);
}

/** The providers that the components need, in the versions that they were made for. */
const providers = { aws: "@pulumi/aws", awsx: "@pulumi/awsx" } as const;

async function plugins(pulumi: PulumiCli | undefined, context: Context): Promise<readonly Check[]> {
    if (pulumi === undefined) {
        return [];
    }
    const installed = await installedPlugins(setupOf(context), pulumi).catch(() => []);
    const { dependencies } = readPackageFile();
    return Object.entries(providers).map(([name, packageName]) => {
        const version = dependencies[packageName] ?? "";
        const what = `provider plugin ${name}`;
        return installed.some((one) => one.name === name && one.version === version)
            ? good(what, version)
            : {
                  what,
                  verdict: "doubtful",
                  found: `${version} is not there yet; Pulumi fetches it at the first up`,
                  remedy: `pulumi plugin install resource ${name} v${version}`,
              };
    });
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

async function aws(request: Request, context: Context): Promise<readonly Check[]> {
    try {
        const { identity } = await context.loadAws(await placeOf(request, context));
        const [caller, expiresAt, time] = await Promise.all([
            identity.caller(),
            identity.credentialsExpireAt(),
            identity.time(),
        ]);
        const now = context.clock.now();
        return [
            good("credentials", `${caller.arn} in account ${caller.accountId}`),
            ...(expiresAt === undefined ? [] : [expiry(expiresAt, now)]),
            region(caller.region),
            clock((now.getTime() - time.getTime()) / 1000),
        ];
    } catch (error) {
        if (!(error instanceof AppError)) {
            throw error;
        }
        return [bad("credentials", error)];
    }
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
    pulumi: PulumiCli | undefined,
    context: Context,
): Promise<readonly Check[]> {
    const project = await openProject(context, request.projectDirectory).catch(() => undefined);
    if (project === undefined) {
        return [
            {
                what: "project",
                verdict: "doubtful",
                found: "no Pulumi.yaml here",
                remedy: command("init"),
            },
        ];
    }
    const found = [good("project", `${project.name} (${project.directory})`)];
    if (pulumi === undefined) {
        return found;
    }
    try {
        const engine = await context.loadEngine({ projectDirectory: project.directory });
        const environments = await engine.list();
        return [
            ...found,
            good("state backend", `answers, with ${environments.length} of this project's environments`),
        ];
    } catch (error) {
        if (!(error instanceof AppError)) {
            throw error;
        }
        return [...found, bad("state backend", error)];
    }
}

function good(what: string, found: string): Check {
    return { what, verdict: "good", found };
}

function bad(what: string, { message, hint }: AppError): Check {
    return { what, verdict: "bad", found: message, remedy: hint };
}
