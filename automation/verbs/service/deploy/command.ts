import { serviceDefaults } from "../../../../components/model/services/serviceRequest";
import { defineCommand } from "../../../command/command";
import { environment, once, output, waitForLock, wholeNumber } from "../../../command/options";
import { timeout } from "../options";

/** `sles-ecs service deploy`: a container that runs, as many times as is wanted, and stays. */
export const serviceDeployCommand = defineCommand({
    command: "deploy <environment>",
    summary: "Run a container image as a service, or change one",
    description: [
        "Shows what it would make or change, and asks. Then it makes a log group, a task definition and a service on the environment's cluster, and shows events until as many tasks run as are wanted. Tasks are spread over zones. A deployment whose tasks fail is ended by ECS, which goes back to what ran before: exit code 1, with the reasons. Where no host has room the exit code is 5, with what each host lacks, and ECS goes on by itself.",
        "Everything is called after the environment and the service, and carries the environment's tags: given again, the command changes only what differs, and takes up what was interrupted. `service remove` and `destroy` take all of it away.",
        "--execution-role is a role for ecs-tasks.amazonaws.com, whose rights the agent takes in place of the hosts' for secrets, logs and images: secretsmanager:GetSecretValue or ssm:GetParameters for what --secret names; logs:CreateLogStream and logs:PutLogEvents in the service's log group, /sles-ecs/<environment>-<id>/<service>; for images of Amazon ECR ecr:GetAuthorizationToken, ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer and ecr:BatchGetImage.",
        "Before anything is changed it asks whether hosts can run the tasks: whether they have the attributes that ECS places them by, and whether their role, or --execution-role, may write the logs and pull an image of Amazon ECR. What keeps them from it is refused, each with what helps.",
        "--public makes an Application Load Balancer that listens on port 80. It is let in by the hosts' own security group, on the ports that containers get there. Hosts that have groups of others alone are not opened unasked: either these let it in already, or --open-group names them. --secret needs --execution-role; --exec needs --task-role, a role that may use ssmmessages. --sample is SUSE's base container image of Python, which answers HTTP; it is freely redistributable.",
    ].join("\n\n"),
    examples: [
        { command: "service deploy dev --sample", text: "A container that answers HTTP" },
        {
            command:
                "service deploy dev --image registry.suse.com/suse/nginx:1.27 --name web --port 80 --count 2",
            text: "Two tasks of an image",
        },
        {
            command:
                "service deploy dev --image registry.suse.com/suse/nginx:1.27 --name web --port 80 --public",
            text: "The same behind a load balancer",
        },
    ],
    positionals: { environment },
    options: {
        output,
        name: {
            describe: "Name of the service",
            type: "string",
            requiresArg: true,
            coerce: once<string>("--name"),
        },
        image: {
            describe: "Container image, such as registry.suse.com/suse/nginx:1.27",
            type: "string",
            requiresArg: true,
            coerce: once<string>("--image"),
        },
        sample: { describe: "An image that answers HTTP", type: "boolean", default: false },
        count: {
            describe: `How many tasks run; as many as the service has if not, and ${serviceDefaults.count} of a new one`,
            type: "number",
            requiresArg: true,
            coerce: wholeNumber("--count"),
        },
        cpu: {
            describe: "CPU units of a task; 1024 are one virtual CPU",
            type: "number",
            requiresArg: true,
            default: serviceDefaults.cpuUnits,
            coerce: wholeNumber("--cpu"),
        },
        memory: {
            describe: "Memory of a task in MiB; a container that takes more is killed",
            type: "number",
            requiresArg: true,
            default: serviceDefaults.memoryMiB,
            coerce: wholeNumber("--memory"),
        },
        port: {
            describe:
                "Port of the container; with the host's port first, such as 80:8080, if not any will do",
            type: "string",
            requiresArg: true,
            coerce: once<string>("--port"),
        },
        env: {
            describe: "NAME=value; may be given again",
            type: "string",
            array: true,
            default: [] as string[],
            requiresArg: true,
        },
        secret: {
            describe: "NAME=ARN of a secret or parameter; may be given again",
            type: "string",
            array: true,
            default: [] as string[],
            requiresArg: true,
        },
        command: {
            describe:
                "Words of the command, in place of the image's own; each with its own option, such as --command=sh --command=-c",
            type: "string",
            array: true,
            default: [] as string[],
            requiresArg: true,
        },
        "execution-role": {
            describe:
                "ARN of the role that reads secrets, writes logs and pulls images in place of the hosts'",
            type: "string",
            requiresArg: true,
        },
        "task-role": { describe: "ARN of the role of the containers", type: "string", requiresArg: true },
        public: {
            describe: "Make a load balancer that the Internet reaches",
            type: "boolean",
            default: false,
        },
        "internal-only": {
            describe: "With --public: one that only the VPC reaches",
            type: "boolean",
            default: false,
        },
        "open-group": {
            describe: "With --public: security group of others to open to it; may be given again",
            type: "string",
            array: true,
            default: [] as string[],
            requiresArg: true,
        },
        exec: {
            describe:
                "Let service exec run commands in its tasks; --no-exec ends it, and without either it stays as it is",
            type: "boolean",
        },
        timeout,
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { deployService } = await import("./deploy");
        const result = await deployService(
            {
                ...options,
                cpuUnits: options.cpu,
                memoryMiB: options.memory,
                secrets: options.secret,
                isPublic: options.public,
                openGroups: options.openGroup,
                timeoutSeconds: options.timeout,
                waitForLockSeconds: options.waitForLock,
            },
            context,
        );
        const { showDeploy } = await import("./view");
        context.io.stdout(showDeploy(result, options.output, context.show));
        return 0;
    },
});
