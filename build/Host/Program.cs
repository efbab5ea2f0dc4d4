using TauPipeline.Stages;
using TauPipeline.Host;

return await HostProgram.Run(args, new Campaigns(StageCatalogue.Compose), Terminal.OfProcess());
