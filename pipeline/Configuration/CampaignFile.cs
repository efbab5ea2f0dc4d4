using System.Text;
using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>
/// A campaign: one YAML file with its includes, the <c>--set</c> and <c>--input</c> of the command line, and the manifests it names.
/// </summary>
public sealed class CampaignFile
{
    private readonly MapNode _root;

    private CampaignFile(MapNode root)
    {
        _root = root;
        Root = new ConfigBlock("", root, Mistakes, true);
        Name = Root.Text("campaign", "campaign");
        Seed = (ulong)Root.Whole("seed", 1234567, 0);
        StepMemory = Root.Whole("step_memory", 512L << 20, 32L << 20, long.MaxValue, "B");
    }

    /// <summary>The campaign's name: its folder in <c>out/</c>.</summary>
    public string Name { get; }

    /// <summary>Seed of all random numbers.</summary>
    public ulong Seed { get; }

    /// <summary>Bytes that a step may hold which says nothing of its own (<c>step_memory:</c>).</summary>
    public long StepMemory { get; }

    /// <summary>The whole campaign as a block.</summary>
    public ConfigBlock Root { get; }

    /// <summary>What is wrong with it.</summary>
    public Mistakes Mistakes { get; } = new();

    /// <summary>Reads a campaign.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="sets">The <c>--set</c> values, in order.</param>
    /// <param name="inputs">The <c>--input</c> values: <c>FILE</c> or <c>dataset=FILE</c>.</param>
    /// <exception cref="Misuse">The file or an override cannot be read.</exception>
    public static CampaignFile Load(string path, IReadOnlyList<string> sets, IReadOnlyList<string> inputs)
    {
        MapNode root = YamlReader.ReadFile(path, path);
        foreach (string set in sets) Overrides.Apply(root, set);
        if (root.Peek("campaign") is null)
            root.Set("campaign", new ScalarNode(Path.GetFileNameWithoutExtension(path), root.Place), root.Place);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Manifests.Resolve(root, folder, inputs);
        ExternalPlaces.Resolve(root, folder);
        SamplingFiles.Resolve(root, folder);
        DiscriminatorFiles.Resolve(root, folder);
        return new CampaignFile(root);
    }

    /// <summary>Reads a campaign back from its <see cref="ResolvedText"/>.</summary>
    public static CampaignFile Parse(string resolved) => new(YamlReader.ReadText(resolved, "the plan's campaign"));

    /// <summary>Ends the reading: every key that nobody asked for is a mistake, and all mistakes are thrown together.</summary>
    /// <exception cref="Misuse">Something is wrong: all of it, each with file and line.</exception>
    public void Finish()
    {
        FindUnused(_root, "");
        Mistakes.ThrowIfAny();
    }

    /// <summary>
    /// The campaign with includes, overrides, inputs and manifests merged, as JSON (which is YAML): what a child composes its catalogue
    /// from.
    /// </summary>
    public string ResolvedText()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, JsonForm.Page)) Write(json, _root);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private void FindUnused(ConfigNode node, string path)
    {
        switch (node)
        {
            case MapNode map:
                foreach (string key in map.Keys)
                    if (!map.Asked.Contains(key))
                        Mistakes.Add(ConfigErrors.UnknownKey(map.PlaceOf(key), path.Length == 0 ? "the campaign" : path, key, map.Asked));
                    else FindUnused(map.Peek(key)!, path.Length == 0 ? key : $"{path}.{key}");
                break;
            case ListNode list:
                for (int i = 0; i < list.Items.Count; i++) FindUnused(list.Items[i], $"{path}.{i}");
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, ConfigNode node)
    {
        switch (node)
        {
            case MapNode map:
                json.WriteStartObject();
                foreach (string key in map.Keys)
                {
                    json.WritePropertyName(key);
                    Write(json, map.Peek(key)!);
                }
                json.WriteEndObject();
                break;
            case ListNode list:
                json.WriteStartArray();
                foreach (ConfigNode item in list.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case ScalarNode { Text: { } text }:
                json.WriteStringValue(text);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
