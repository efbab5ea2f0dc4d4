using TauPipeline.Host;

return await HostProgram.Run(args, new Campaigns(), Terminal.OfProcess());
