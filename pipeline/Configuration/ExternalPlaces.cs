namespace TauPipeline.Configuration;

/// <summary>
/// What the blocks below <c>external:</c> say of this machine, put into the campaign where it is read: absolute places of
/// programs and files, and the values of the variables that are passed on. So another process composes the same steps.
/// </summary>
internal static class ExternalPlaces
{
    /// <summary>Each variable of <c>environment: pass:</c> that is set, with its value.</summary>
    public const string Passed = "passed";

    /// <summary>Where a stage's program, or an output, is stated, for messages of another process.</summary>
    public const string StatedAt = "stated_at";

    public static void Resolve(MapNode root, string folder)
    {
        if (root.Peek("external") is not MapNode stages) return;
        foreach (MapNode stage in stages.Keys.Select(stages.Peek).OfType<MapNode>())
        {
            if (stage.Peek("program") is ScalarNode { Text: { } program })
                stage.Set(
                    "program",
                    new ScalarNode(FilePattern.Absolute(program, folder, stage.PlaceOf("program").ToString()), stage.PlaceOf("program")),
                    stage.PlaceOf("program"));
            Say(stage, stage.PlaceOf("program"));
            if (stage.Peek("outputs") is MapNode outputs)
                foreach (string name in outputs.Keys)
                    if (outputs.Peek(name) is MapNode output) Say(output, outputs.PlaceOf(name));
            if (stage.Peek("environment") is MapNode environment) Pass(environment);
            if (stage.Peek("inputs") is not MapNode inputs) continue;
            foreach (MapNode input in inputs.Keys.Select(inputs.Peek).OfType<MapNode>())
                if (input.Peek("files") is { } files)
                {
                    Manifests.Put(input, Manifests.FilesOf(files, folder), files.Place);
                    input.Remove("files");
                }
        }
    }

    private static void Say(MapNode block, YamlPlace place) => block.Set(StatedAt, new ScalarNode(place.ToString(), place), place);

    private static void Pass(MapNode environment)
    {
        YamlPlace place = environment.PlaceOf("pass");
        var passed = new MapNode(place);
        IEnumerable<ConfigNode> names = environment.Peek("pass") switch { ListNode list => list.Items, { } one => [one], null => [] };
        foreach (ConfigNode name in names)
            if (name is ScalarNode { Text: { } variable } && FilePattern.ValueOf(variable) is { } value)
                passed.Set(variable, new ScalarNode(value, place), place);
        environment.Set(Passed, passed, place);
    }
}
