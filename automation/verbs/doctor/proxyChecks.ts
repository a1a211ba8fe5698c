import { placeOf } from "../../../components/model/location";
import { readProxies, wayTo, type Proxies } from "../../../components/model/proxy/proxyVariables";
import type { Context } from "../../ports/context";
import { pintAddress } from "../../ports/pint";
import type { Check } from "./check";

/** By which proxy AWS and pint are asked, and what NO_PROXY takes out; pint is asked by it, as AWS is for the credentials. */
export async function proxyChecks(region: string, context: Context): Promise<readonly Check[]> {
    const { env } = context;
    const { proxies, problems } = readProxies(env);
    if (problems.length > 0) {
        return problems.map((found) => ({
            what: "proxy",
            verdict: "bad",
            found,
            remedy: "export HTTPS_PROXY=http://<host>:<port>",
        }));
    }
    if (proxies.https === undefined && proxies.http === undefined) {
        return [{ what: "proxy", verdict: "good", found: "none" }];
    }
    const { domain } = placeOf(region);
    const aws = env["AWS_ENDPOINT_URL"] || `https://ecs.${region}.${domain}`;
    return [
        { what: "proxy for AWS", verdict: "good", found: told(aws, proxies) },
        { what: "proxy for pint", verdict: "good", found: told(pintAddress(env), proxies) },
        ...(proxies.noProxy === undefined
            ? []
            : ([
                  {
                      what: "past the proxy",
                      verdict: "good",
                      found: `${proxies.noProxy.value} (${proxies.noProxy.variable}), and this machine itself`,
                  },
              ] as const)),
        await pint(region, context),
    ];
}

function told(address: string, proxies: Proxies): string {
    const { proxy, exemption } = URL.canParse(address) ? wayTo(address, proxies) : {};
    if (proxy !== undefined) {
        return `${proxy.shown} (${proxy.variable})`;
    }
    return exemption === undefined ? "none" : `none, because of ${exemption} in ${proxies.noProxy?.variable}`;
}

/** Nothing else that this machine is looked at for would show that pint is out of reach. */
async function pint(region: string, context: Context): Promise<Check> {
    const answer = await (await context.loadPint()).servers({ region });
    return answer.kind === "fresh"
        ? { what: "pint", verdict: "good", found: "answers" }
        : {
              what: "pint",
              verdict: "doubtful",
              found: answer.reason ?? "does not answer",
              remedy: "have it let through by the proxy; everything but images list and images show goes on without it",
          };
}
