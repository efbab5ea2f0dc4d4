using TauPipeline.Learning;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>A network on lists from its definition, in double and without libtorch, row by row: an oracle for scores and slopes.</summary>
internal sealed class SetForward(SetNetworkShape shape, Dictionary<string, double[]> weights, bool training)
{
    /// <summary>The logits of each row.</summary>
    public double[][] Logits(TrainingBatch batch)
    {
        double[][] joined = [.. Enumerable.Range(0, batch.Rows).Select(row => Joined(batch.Inputs, row))];
        for (int i = 0; i < shape.Joined; i++)
        {
            (double mean, double variance) = (At("joined_norm.running_mean", i), At("joined_norm.running_var", i));
            if (training && batch.Rows > 1)
            {
                mean = joined.Average(row => row[i]);
                variance = joined.Average(row => Math.Pow(row[i] - mean, 2));
            }
            foreach (double[] row in joined)
                row[i] = (row[i] - mean) / Math.Sqrt(variance + 1e-3) * At("joined_norm.weight", i) + At("joined_norm.bias", i);
        }
        return [.. joined.Select(row => Dense("final_dense_last", Stack("final", shape.Dense, row)))];
    }

    private double[] Joined(IReadOnlyList<InputRows> inputs, int row)
    {
        double[] tau = Stack("tau", shape.Tau, Numbers(inputs[0], row));
        return [.. tau, .. shape.Sets.Zip(inputs.Skip(1)).SelectMany(one => Of(one.First, Objects(one.Second, row)))];
    }

    private double[] Of(SetPart part, double[][] objects) => part switch
    {
        DeepSetPart deep => Of(deep, objects),
        SetTransformerPart transformer => Of(transformer, objects),
        _ => throw new NotSupportedException(),
    };

    private double[] Of(DeepSetPart part, double[][] objects)
    {
        var sum = new double[part.Each.After(part.Input.Features)];
        foreach (double[] one in objects)
        {
            double[] each = Stack($"{part.Input.Name}_each", part.Each, one);
            for (int i = 0; i < sum.Length; i++) sum[i] += part.IsMean ? each[i] / objects.Length : each[i];
        }
        return Stack($"{part.Input.Name}_together", part.Together, sum);
    }

    private double[] Of(SetTransformerPart part, double[][] objects)
    {
        string name = part.Input.Name;
        double[][] all = [.. objects.Select(one => Dense($"{name}_embedding", one))];
        for (int block = 1; block <= part.Blocks; block++)
            all = Attention(
                $"{name}_block_{block}_spread", all, Attention($"{name}_block_{block}_gather", Points($"{name}_block_{block}_points"), all));
        double[][] found = Attention($"{name}_pool", Points($"{name}_seeds"), all);
        return [.. Attention($"{name}_among_seeds", found, found).SelectMany(seed => seed)];

        double[][] Points(string named) => [.. weights[$"{named}.weight"].Chunk(part.Width)];

        double[][] Attention(string block, double[][] some, double[][] others)
        {
            double[][] keys = [.. others.Select(other => Dense($"{block}_key", other))];
            double[][] values = [.. others.Select(other => Dense($"{block}_value", other))];
            int columns = part.Width / part.Heads;
            return
            [
                .. some.Select(one =>
                {
                    double[] query = Dense($"{block}_query", one), found = [.. query];
                    for (int head = 0; head < part.Width; head += columns)
                    {
                        double[] products = [.. keys.Select(key => Product(query, key, head, columns) / Math.Sqrt(columns))];
                        double[] pulls = [.. products.Select(product => Math.Exp(product - products.Max()))];
                        for (int i = head; i < head + columns; i++)
                            found[i] += pulls.Select((pull, j) => pull * values[j][i] / pulls.Sum()).Sum();
                    }
                    double[] after = Dense($"{block}_out", found);
                    return (double[])[.. found.Select((value, i) => value + Math.Max(0, after[i]))];
                }),
            ];
        }
    }

    private static double Product(double[] one, double[] other, int first, int count) =>
        Enumerable.Range(first, count).Sum(i => one[i] * other[i]);

    private static double[][] Objects(InputRows list, int row) =>
    [
        .. Enumerable.Range(list.Offsets[row], list.Offsets[row + 1] - list.Offsets[row])
            .Select(at => Numbers(list, at)),
    ];

    private static double[] Numbers(InputRows input, int at) =>
        [.. input.Values.Skip(at * input.Shape.Features).Take(input.Shape.Features).Select(value => (double)value)];

    private double[] Stack(string prefix, LayerStack stack, double[] row)
    {
        for (int number = 1; number <= stack.Widths.Count; number++)
        {
            row = Dense($"{prefix}_dense_{number}", row);
            for (int i = 0; i < row.Length; i++)
                row[i] = stack.Activation switch
                {
                    "elu" => row[i] < 0 ? Math.Exp(row[i]) - 1 : row[i],
                    "relu" => Math.Max(0, row[i]),
                    "tanh" => Math.Tanh(row[i]),
                    _ => row[i] < 0 ? row[i] * At($"{prefix}_activation_{number}.weight", i) : row[i],
                };
        }
        return row;
    }

    private double[] Dense(string name, double[] row)
    {
        double[] weight = weights[name + ".weight"], output = [.. weights[name + ".bias"]];
        for (int o = 0; o < output.Length; o++)
            for (int i = 0; i < row.Length; i++) output[o] += row[i] * weight[o * row.Length + i];
        return output;
    }

    private double At(string name, int i) => weights[name][i];
}
