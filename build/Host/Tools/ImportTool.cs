using System.Text;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Import;

namespace TauPipeline.Host;

/// <summary>Writes a campaign that does what another program's configuration says, and names what it could not carry over.</summary>
internal sealed class ImportTool : ITool
{
    public string Name => "Import";

    public string Summary =>
        $"a campaign from the configuration of another program ({string.Join(", ", Importers.All.Select(one => one.Kind))}): --file=F (repeatable) [--kind=KIND] [--out=CAMPAIGN.yaml]";

    public int Run(Invocation call)
    {
        (ImportedCampaign campaign, string place) = Make(call);
        WholeFile.WriteStream(place, to => to.Write(Encoding.UTF8.GetBytes(campaign.Text)));
        Tell(call, campaign, "wrote", place);
        if (call.Obstacle(place) is { } wrong && !call.Line.Has(Options.Json))
            call.Terminal.Output.WriteLine($"before it runs:\n{wrong}");
        return ExitCode.Done;
    }

    public void Pretend(Invocation call)
    {
        (ImportedCampaign campaign, string place) = Make(call);
        Tell(call, campaign, "would write", place);
    }

    private (ImportedCampaign Campaign, string Place) Make(Invocation call)
    {
        if (!call.Line.Has(Options.File)) throw CommandErrors.Needed(Options.File, Name);
        ForeignFile[] files = [.. call.Line.All(Options.File).Select(ForeignFile.Load)];
        string place = Path.GetFullPath(
            call.Line.Value(Options.Out)
                ?? Repository.At("configs", Path.GetFileNameWithoutExtension(files[0].Path) + ".yaml"));
        if (Path.Exists(place)) throw CommandErrors.WouldOverwrite(place);
        var source = new ImportSource(
            files,
            Path.GetFileNameWithoutExtension(place),
            Path.GetDirectoryName(place)!,
            Environment.CurrentDirectory);
        return (Importers.For(call.Line.Value(Options.Kind), source).Import(source), place);
    }

    private static void Tell(Invocation call, ImportedCampaign campaign, string verb, string place)
    {
        bool asJson = call.Line.Has(Options.Json);
        foreach (ImportNote note in campaign.Notes)
            call.Terminal.Output.WriteLine(asJson
                ? JsonLine.Of(line =>
                    line.Write("event", "not_carried_over").Write("where", note.Where).Write("key", note.Key).Write("why", note.Why))
                : note.ToString());
        call.Terminal.Output.WriteLine(asJson
            ? JsonLine.Of(line => line.Write("event", verb.Replace(' ', '_')).Write("file", place).Write("notes", campaign.Notes.Count))
            : $"{verb} {place}: {Words.Count(campaign.Notes.Count, "key")} not carried over as they stand");
    }
}
