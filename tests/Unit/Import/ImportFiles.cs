using TauPipeline.Configuration;
using TauPipeline.Import;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.Import;

/// <summary>Files of other programs, written for a test, and the campaign that Import makes of them.</summary>
internal sealed class ImportFiles : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _named = [];

    /// <summary>Writes a file that is named to Import.</summary>
    public ImportFiles With(string name, string text)
    {
        Beside(name, text);
        _named.Add(_folder.At(name));
        return this;
    }

    /// <summary>Writes a file beside them.</summary>
    public ImportFiles Beside(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(name))!);
        File.WriteAllText(_folder.At(name), text);
        return this;
    }

    /// <summary>What Import makes of the named ones.</summary>
    public ImportedCampaign Import(string? kind = null)
    {
        ImportSource source = Source();
        return Importers.For(kind, source).Import(source);
    }

    /// <summary>The files as importers see them.</summary>
    public ImportSource Source() => new([.. _named.Select(ForeignFile.Load)], "imported", _folder.Path, _folder.Path);

    /// <summary>The names of the notes, with file and line in front: <c>a.yaml:3 key</c>.</summary>
    public static string[] Told(ImportedCampaign campaign) =>
        [.. campaign.Notes.Select(note => $"{Path.GetFileName(note.Where)} {note.Key}")];

    /// <summary>Composes a campaign: fails with all that is wrong with it.</summary>
    public IReadOnlyList<string> Compose(ImportedCampaign campaign, params string[] inputs)
    {
        Beside("imported.yaml", campaign.Text);
        CampaignFile file = CampaignFile.Load(_folder.At("imported.yaml"), [], inputs);
        string[] stages = [.. StageCatalogue.Compose(file).Select(stage => stage.Name)];
        file.Finish();
        return stages;
    }

    public void Dispose() => _folder.Dispose();
}
