import type { Inputs, Output } from "@pulumi/pulumi";
import { output as outputOf } from "@pulumi/pulumi/output";
import { main, type ConstructResult, type Provider } from "@pulumi/pulumi/provider";
import { Ec2Service } from "./awsx/ec2Service";
import { checkEc2ServiceInputs } from "./awsx/ec2ServiceInputs";
import { settle } from "./awsx/settle";
import { Vpc } from "./awsx/vpc";
import { parseVpcInputs } from "./awsx/vpcInputs";
import { packageVersion } from "./packageVersion";
import type { Properties } from "./schema/property";

const engineCheckMilliseconds = 1000;

/**
 * The inputs, out of the outputs that they may be wrapped in.
 * @throws Error when any is only known after the update: the layout of a network has to be known before it is made
 */
async function resolved(inputs: Inputs): Promise<Readonly<Record<string, unknown>>> {
    const output = outputOf(inputs) as Output<Readonly<Record<string, unknown>>> & {
        readonly isKnown: Promise<boolean>;
    };
    if (!(await output.isKnown)) {
        throw new Error("awsx:ec2:Vpc: the local provider needs every input to be known before the update");
    }
    return new Promise((resolve) => {
        output.apply((known) => {
            resolve(known);
        });
    });
}

/**
 * The local cloud's own provider of the `awsx` package, of which it serves `awsx:ec2:Vpc` and `awsx:ecs:EC2Service`. It
 * is not the official plugin, which always speaks to AWS itself.
 */
const provider: Provider = {
    version: packageVersion("@pulumi/awsx"),
    async construct(name, type, inputs, options): Promise<ConstructResult> {
        switch (type) {
            case "awsx:ec2:Vpc": {
                const vpc = new Vpc(name, parseVpcInputs(await resolved(inputs)), options);
                return { urn: vpc.urn, state: vpc.outputs };
            }
            case "awsx:ecs:EC2Service": {
                const checked = checkEc2ServiceInputs((await settle(inputs)) as Properties);
                const service = new Ec2Service(name, inputs, checked, options);
                return { urn: service.urn, state: service.outputs };
            }
            default:
                throw new Error(
                    `the local cloud's provider does not serve the component ${type}: of awsx it serves ` +
                        "awsx:ec2:Vpc and awsx:ecs:EC2Service; use it against AWS instead",
                );
        }
    },
};

/** An engine that is killed cannot end its plugins, so this one looks whether its engine is still there. */
function endWithEngine(): void {
    const engine = process.ppid;
    setInterval(() => {
        if (process.ppid !== engine) {
            process.kill(process.pid, "SIGTERM");
        }
    }, engineCheckMilliseconds).unref();
}

endWithEngine();
void main(provider, process.argv.slice(2));
