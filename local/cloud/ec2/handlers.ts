import type { Handler } from "../cloud";
import { describeImages } from "./images";
import {
    getConsoleOutput,
    rebootInstances,
    startInstances,
    stopInstances,
    terminateInstances,
} from "./instances";
import { runInstances } from "./runInstances";
import { attachVolume } from "./volumes";

/** Actions of Amazon EC2 that the front has a hand in, by name. The others are moto's. */
export const ec2Handlers: Readonly<Record<string, Handler>> = {
    AttachVolume: attachVolume,
    DescribeImages: describeImages,
    GetConsoleOutput: getConsoleOutput,
    RebootInstances: rebootInstances,
    RunInstances: runInstances,
    StartInstances: startInstances,
    StopInstances: stopInstances,
    TerminateInstances: terminateInstances,
};
