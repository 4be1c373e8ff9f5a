"""The chat page. Gradio's only door; everything it shows comes escaped from `assistant.show.html`."""
