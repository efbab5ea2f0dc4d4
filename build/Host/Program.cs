using TauPipeline.Foundation;
using TauPipeline.Host;

return await HostProgram.Run(args, new Campaigns(_ => throw new Misuse("there is no stage catalogue yet")), Terminal.OfProcess());
